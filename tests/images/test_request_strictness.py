"""What a service request says that nobody understands, or says of itself and is not so, is refused by name."""

import pytest

from firmpath.images.service_request import OtherBody
from tests.images.making import request
from tests.images.test_request_reading import GOOD, changed, read, refused

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
LOCATION = f'{XSI} xsi:schemaLocation="http://www.dccinterface.co.uk/ServiceUserGateway a.xsd"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "<sr:Request ",
            '<sr:Request mode="test" ',
            "Attribute 'mode' is not understood, in Request; leave it out",
        ),
        (
            "<sr:Header>",
            '<sr:Header schemaVersion="5.4">',
            "Attribute 'schemaVersion' is not understood, in Request/Header; leave it out",
        ),
        (
            "<sr:RequestID>",
            '<sr:RequestID ns:a="1" xmlns:ns="urn:other">',
            "Attribute '{urn:other}a' is not understood, in Request/Header/RequestID; leave it out",
        ),
        (
            "<sr:UpdateFirmware>",
            '<sr:UpdateFirmware force="yes">',
            "Attribute 'force' is not understood, in Request/Body/UpdateFirmware; leave it out",
        ),
        (
            "<sr:DeviceIDList>",
            f'<sr:DeviceIDList {XSI} xsi:nil="true">',
            "Attribute '{http://www.w3.org/2001/XMLSchema-instance}nil' is not understood, in "
            "Request/Body/UpdateFirmware/DeviceIDList; leave it out",
        ),
    ],
)
def test_an_attribute_that_is_not_understood_is_refused_by_name(old: str, new: str, said: str) -> None:
    assert refused(changed(old, new)) == [said]


def test_attributes_that_say_nothing_of_a_request_are_left_alone() -> None:
    for element in ("sr:Request", "sr:Body", "sr:DeviceIDList"):
        octets = changed(f"<{element}", f"<{element} {LOCATION}")
        assert read(octets) == read(GOOD)
    assert read(request("12.2", '<sr:Other own="1"><sr:a b="2"/></sr:Other>')).body == OtherBody("Other")
    signature = (
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="a"><ds:a Algorithm="b"/></ds:Signature>'
    )
    assert read(changed("</sr:Request>", f"{signature}</sr:Request>")).is_signed
