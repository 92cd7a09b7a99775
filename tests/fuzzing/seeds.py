"""What fuzzing begins with: files, requests and answers that are right, and what does harm where it is put in."""

from base64 import b64encode
from typing import Final

from tests.images.making import (
    SIGNATURE_BLOCK,
    activate_request,
    device,
    hash_of,
    ota_file,
    request,
    update_request,
)

IMAGE: Final = b"an invented image"

OTA_FILES: Final = (
    ota_file(IMAGE),
    ota_file(IMAGE, SIGNATURE_BLOCK),
    ota_file(IMAGE, header_length=69, field_control=7, optional=bytes(13), total=69 + len(IMAGE)),
    ota_file(IMAGE, header_length=56, field_control=0, optional=b"", total=56 + len(IMAGE)),
)
_SIGNATURE: Final = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>AA==</ds:SignatureValue>'
    "</ds:Signature>"
)
REQUESTS: Final = (
    update_request([device(1), device(2), device(1), "nonsense"]),
    update_request([device(1)], ota_file(IMAGE, SIGNATURE_BLOCK), reference="11.4"),
    activate_request(device(1), hash_of(IMAGE)),
    activate_request(device(2), hash_of(IMAGE), "2030-01-15T09:00:00.00Z"),
    activate_request(device(2), hash_of(IMAGE), "3000-12-31T00:00:00.00Z"),
    request("8.2", "<sr:ReadInventory><sr:DeviceID>x</sr:DeviceID></sr:ReadInventory>", more=_SIGNATURE),
)
PAYLOAD: Final = bytes.fromhex(
    "DD 00 00 00 00 00 00 45 11 00 00 00 00 DF 09 02 00 00 01 82 90 CB 75 A8 08 02 00 00 00 00 00 00 01"
    "08 02 00 00 00 00 00 0A 01 00 02 00 59 11 DA 20 CB 75 A8 00 00 01 09 04 00 02 01 2F 01 01 00 00 C0"
    "79 FB 9B B3 33 C9 70 19 37 F0 26"
)
_FIELDS: Final = {
    "DeviceID": device(1),
    "DeviceType": "ESME",
    "DeviceStatus": "Commissioned",
    "DeviceManufacturer": "F001",
    "DeviceModel": "00050203",
    "DeviceFirmwareVersion": "00000001",
}
ANSWERS: Final = (
    f"<a><Device>{''.join(f'<{name}>{value}</{name}>' for name, value in _FIELDS.items())}</Device></a>".encode(),
    (
        '{"DSPInventory": {"Device": [{' + ", ".join(f'"{k}": "{v}"' for k, v in _FIELDS.items()) + "}, {}]}}"
    ).encode(),
    "\n".join(f"{name}: {value}" for name, value in _FIELDS.items()).encode(),
    (
        "<Response><Header><ResponseID>02-00-00-00-00-00-00-01:x:1</ResponseID><ResponseCode>I0</ResponseCode>"
        f"</Header><GBCSPayload>{b64encode(PAYLOAD).decode()}</GBCSPayload></Response>"
    ).encode(),
)
_HEADINGS: Final = ("Device ID", "Device Type", "Manufacturer", "Model", "Firmware version", "Device Status")
_ROWS: Final = tuple(
    (device(at), "ESME", "F001", "00050203", f"0000000{at}", status)
    for at, status in enumerate(("Commissioned", "Suspended", ""), 1)
)
TABLES: Final = (
    *("\n".join(map(mark.join, (_HEADINGS, *_ROWS))).encode() for mark in "\t;,"),
    "\t".join((*_HEADINGS[:-1], f"{_HEADINGS[-1]} {_ROWS[0][0]}", *_ROWS[0][1:])).encode(),  # in a box of one line
    b'"Manufacturer","Model","FW version","Colour"\r\n"F001","00050203","00000001","red"\r\n',
)
_OF_INVENTORIES: Final = (("CPL Entry ID", "read_on"), ("1", "2026-05-30"), ("", "2026-05-30T23:30Z"), ("3", ""))
INVENTORIES: Final = (
    *(
        end.join(
            mark.join((*cells, *more)) for cells, more in zip((_HEADINGS, *_ROWS), _OF_INVENTORIES, strict=True)
        ).encode()
        for mark, end in ((",", "\n"), ("\t", "\r\n"))
    ),
    f'\ufeffguid,cpl_entry_id,read_on\n"{device(1)}","1",2026-05-30\n\'{device(2)},2.0,,\n{device(2)},,\n'.encode(),
)
HARM: Final = (
    *(
        b"<",
        b">",
        b"&",
        b"&lt;",
        b"&#0;",
        b"&#x10FFFF;",
        b"&x;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<?x ",
        b"?>",
    ),
    b'<!DOCTYPE a [<!ENTITY b "&b;&b;">]>',
    b'<!DOCTYPE a SYSTEM "other">',
    b'<?xml version="1.1" encoding="UTF-7"?>',
    b' encoding="UTF-16"',
    b'xmlns="x"',
    b"<a>" * 80,
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff" * 8, b"\x80", b"="),
    *(b"{", b"[" * 200, b'{"a":' * 100, b"9" * 5_000, b"1e999", b"NaN", b'"\\ud800"', b'"', b"\\"),
    *(b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x00\x40" + bytes(64), b"\x1e\xf1\xee\x0b"),
    *(b"0002012F", b"3000-12-31T00:00:00.00Z", "٣".encode(), "\u2028".encode()),
)
"""Pieces that are put in, among whatever else is done to a seed."""
