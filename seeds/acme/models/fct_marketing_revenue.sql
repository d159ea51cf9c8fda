-- Growth: cash received per month and account, for the paid-acquisition analysis.
select
    cast(date_trunc('month', p.payment_date) as date) as payment_month,
    c.account_id,
    a.segment,
    sum(p.net_amount) as revenue
from {{ ref('stg_payments') }} p
join {{ ref('stg_invoices') }} i on p.invoice_id = i.invoice_id
join {{ ref('stg_contracts') }} c on i.contract_id = c.contract_id
join {{ source('acme', 'raw_accounts') }} a on c.account_id = a.account_id
-- a pilot is the first thing a campaign wins; one-off licence deals come in through partners
where c.type in ('recurring', 'pilot')
group by 1, 2, 3
