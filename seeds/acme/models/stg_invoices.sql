-- Invoices as billed. Credits are negative rows.
select
    invoice_id,
    account_id,
    contract_id,
    invoice_date,
    amount,
    type,
    status
from {{ source('acme', 'raw_invoices') }}
