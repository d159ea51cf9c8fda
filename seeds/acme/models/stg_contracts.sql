-- Contract master, one row per contract. Values are annual in the source; everything downstream works by month.
select
    contract_id,
    account_id,
    start_date,
    end_date,
    type,
    status,
    annual_value,
    cast(annual_value / 12 as decimal(12, 2)) as monthly_value
from {{ source('acme', 'raw_contracts') }}
