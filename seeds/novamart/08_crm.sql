CREATE TABLE crm.customer_segments AS
SELECT customer_id, segment, acquisition_channel, CAST(first_purchase_at AS DATE) AS assigned_on FROM signups;

CREATE TABLE crm.territories (
  territory_id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  geography VARCHAR NOT NULL
);
INSERT INTO crm.territories VALUES
  (1, 'Pacific and Mountain', 'US West'), (2, 'South', 'US South'), (3, 'Great Lakes and Plains', 'US Midwest'),
  (4, 'Northeast', 'US Northeast'), (5, 'Canada', 'Canada'), (6, 'United Kingdom', 'United Kingdom'),
  (7, 'Continental Europe', 'Europe'), (8, 'Asia and Oceania', 'Asia Pacific'), (9, 'Latin America', 'Latin America');

CREATE TABLE crm.sales_reps (
  sales_rep_id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  territory_id INTEGER NOT NULL,
  hired_on DATE NOT NULL
);
INSERT INTO crm.sales_reps
SELECT range, 'Rep ' || lpad(CAST(range AS VARCHAR), 2, '0'), 1 + (range - 1) % 9,
       DATE '2021-01-04' + CAST(pick(mix(range + 900), 1300) AS INTEGER)
FROM range(1, 28);

-- The CRM's replica as other teams query it.
CREATE SCHEMA postgresql.novamart;
CREATE TABLE postgresql.novamart.customers AS
SELECT customer_id, 'customer-' || customer_no || '@shop.example' AS email,
       CAST(first_purchase_at AS DATE) AS signup_date, first_purchase_at, segment, acquisition_channel, geography,
       1 + customer_no % 27 AS sales_rep_id
FROM signups;
