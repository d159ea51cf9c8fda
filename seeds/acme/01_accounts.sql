-- Working tables live in the builder's memory; only what is created in catalog acme reaches a file.
CREATE TABLE acme.raw_accounts (
  account_id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  segment VARCHAR NOT NULL,
  industry VARCHAR NOT NULL,
  sales_rep VARCHAR NOT NULL,
  created_at DATE NOT NULL
);
INSERT INTO acme.raw_accounts
WITH words AS (
  SELECT ['Alder', 'Brook', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbor', 'Indigo', 'Juniper', 'Kestrel',
          'Lumen', 'Meadow', 'Nimbus', 'Opal', 'Prairie', 'Quartz'] AS first_words,
         ['Logistics', 'Foods', 'Health', 'Robotics', 'Media'] AS last_words,
         ['transport', 'retail', 'healthcare', 'manufacturing', 'media'] AS industries
)
SELECT 'ACC-' || lpad(CAST(n AS VARCHAR), 3, '0'),
       first_words[1 + (n * 5) % 17] || ' ' || last_words[1 + n % 5],
       CASE WHEN n IN (1, 2, 3, 4, 5, 6, 9) OR n % 17 = 0 THEN 'enterprise'
            WHEN n IN (7, 8, 10, 11, 12) OR n % 3 = 0 THEN 'mid-market'
            ELSE 'smb' END,
       industries[1 + n % 5],
       'Rep ' || lpad(CAST(1 + n * 7 % 9 AS VARCHAR), 2, '0'),
       DATE '2023-01-16' + CAST(n * 11 % 340 AS INTEGER)
FROM range(1, 86) AS accounts(n), words
ORDER BY n;
