"""The register: where manufacturers, SECAS, the DCC, Suppliers and the Security Sub-Committee work.

Imports point down: `operations` and the URL table; `web`, `api` and `ssc`; `publication` and `submissions`;
`ledger`; `parties`. Only the URL table knows `ssc`, whose data lives in a database of its own.
Source: DESIGN sections 1 and 2.
"""
