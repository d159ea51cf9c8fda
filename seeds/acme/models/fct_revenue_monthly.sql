-- Finance: invoiced revenue per month and account.
select
    cast(date_trunc('month', i.invoice_date) as date) as revenue_month,
    c.account_id,
    a.segment,
    sum(i.amount) as revenue
from {{ ref('stg_invoices') }} i
join {{ ref('stg_contracts') }} c on i.contract_id = c.contract_id
join {{ source('acme', 'raw_accounts') }} a on c.account_id = a.account_id
-- credits reduce the month they are issued in; services are booked by the PS team (FIN-212)
where i.type in ('subscription', 'setup', 'credit')
  -- invoiced counts, whether it was paid yet or not
  and i.status in ('paid', 'pending')
group by 1, 2, 3
