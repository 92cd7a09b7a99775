"""Firmware images and service requests, read before they reach a Device.

Is this what it says, and may it go there?
`ota_header` and `manufacturer_image` read an OTA file, `matching` finds its CPL entries. Everything that is read is
taken for hostile: in bounded memory, and refused in words. Source: FEATURES F50 to F53; DOMAIN section 5.
"""
