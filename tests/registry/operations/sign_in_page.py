"""Print the headers and the cookies of the page where people sign in: `sign_in_page`."""

import json

import django

if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.test import Client

    from firmpath.registry.operations.preparing import prepare

    prepare()
    page = Client().get("/account/sign-in/", headers={"host": "register.example"})
    cookies = {
        name: [bool(each["secure"]), bool(each["httponly"]), each["samesite"]]
        for name, each in page.cookies.items()
    }
    secure = settings.SESSION_COOKIE_SECURE
    print(json.dumps({"headers": dict(page.headers), "cookies": cookies, "session_cookie_is_secure": secure}))
