-- Stripe receipts. A refunded payment stays in the feed; its net amount is nil.
select
    payment_id,
    account_id,
    invoice_id,
    payment_date,
    amount,
    refunded,
    case when refunded then 0 else amount end as net_amount
from {{ source('acme', 'raw_payments') }}
