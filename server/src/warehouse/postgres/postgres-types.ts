import type { TypeCategory } from '../warehouse-adapter.js';

/** What we know of a type of the server. */
export interface PostgresType {
  /** As `format_type` writes it, without modifiers. */
  name: string;
  category: TypeCategory;
  /** Of an array: its elements' type. */
  element?: number;
  delimiter?: string;
}

type Known = readonly [oid: number, arrayOid: number, name: string, category: TypeCategory];

/** Object ids of built-in types are the same on every server. */
const builtIn: readonly Known[] = [
  [16, 1000, 'boolean', 'boolean'],
  [17, 1001, 'bytea', 'binary'],
  [18, 1002, '"char"', 'text'],
  [19, 1003, 'name', 'text'],
  [20, 1016, 'bigint', 'integer'],
  [21, 1005, 'smallint', 'integer'],
  [23, 1007, 'integer', 'integer'],
  [25, 1009, 'text', 'text'],
  [26, 1028, 'oid', 'integer'],
  [114, 199, 'json', 'json'],
  [142, 143, 'xml', 'other'],
  [650, 651, 'cidr', 'other'],
  [700, 1021, 'real', 'double'],
  [701, 1022, 'double precision', 'double'],
  [705, 0, 'unknown', 'text'],
  [790, 791, 'money', 'other'],
  [829, 1040, 'macaddr', 'other'],
  [869, 1041, 'inet', 'other'],
  [1042, 1014, 'character', 'text'],
  [1043, 1015, 'character varying', 'text'],
  [1082, 1182, 'date', 'date'],
  [1083, 1183, 'time without time zone', 'time'],
  [1114, 1115, 'timestamp without time zone', 'timestamp'],
  [1184, 1185, 'timestamp with time zone', 'timestamptz'],
  [1186, 1187, 'interval', 'interval'],
  [1266, 1270, 'time with time zone', 'time'],
  [1560, 1561, 'bit', 'other'],
  [1562, 1563, 'bit varying', 'other'],
  [1700, 1231, 'numeric', 'decimal'],
  [2249, 2287, 'record', 'other'],
  [2278, 0, 'void', 'other'],
  [2950, 2951, 'uuid', 'uuid'],
  [3802, 3807, 'jsonb', 'json'],
];

const builtInCategories = new Map(builtIn.map(([oid, , , category]) => [oid, category]));

/** A type as the lookup below gives it. */
export interface TypeRow {
  oid: number;
  name: string;
  /** Of a domain, the type at the bottom, domains over domains included; of another, itself. */
  base: number;
  /** typtype of the base: `b` base, `c` composite, `e` enum, `m` multirange, `p` pseudo, `r` range. */
  kind: string;
  /** Of the base, where that is an array. */
  element: number;
  delimiter: string;
}

/** Columns of `TypeRow`, in its order, for ids bound as text. */
export const typeLookup = `
  WITH RECURSIVE chain (oid, base) AS (
    SELECT oid, oid FROM pg_catalog.pg_type WHERE oid = ANY (CAST($1 AS oid[]))
    UNION ALL
    SELECT c.oid, d.typbasetype FROM chain c JOIN pg_catalog.pg_type d ON d.oid = c.base WHERE d.typtype = 'd')
  SELECT c.oid, pg_catalog.format_type(c.oid, NULL), b.oid, b.typtype,
         CASE WHEN b.typcategory = 'A' THEN b.typelem ELSE 0 END, coalesce(e.typdelim, ',')
    FROM chain c JOIN pg_catalog.pg_type b ON b.oid = c.base AND b.typtype <> 'd'
    LEFT JOIN pg_catalog.pg_type e ON e.oid = b.typelem`;

export function categoryOf({
  base,
  kind,
  element,
}: Pick<TypeRow, 'base' | 'kind' | 'element'>): TypeCategory {
  if (element !== 0) return 'nested';
  return kind === 'e' ? 'enum' : (builtInCategories.get(base) ?? 'other');
}

/** The types of one server: the built-in ones, and others as they are met. */
export class PostgresTypes {
  private readonly known = new Map<number, PostgresType>();

  constructor(private readonly lookUp: (oids: readonly number[]) => Promise<readonly TypeRow[]>) {
    for (const [oid, arrayOid, name, category] of builtIn) {
      this.known.set(oid, { name, category });
      if (arrayOid > 0) {
        this.known.set(arrayOid, { name: `${name}[]`, category: 'nested', element: oid, delimiter: ',' });
      }
    }
  }

  get(oid: number): PostgresType {
    return this.known.get(oid) ?? { name: `type ${oid}`, category: 'other' };
  }

  /** Makes the types and their elements' known. */
  async learn(oids: readonly number[]): Promise<void> {
    let missing = this.missing(oids);
    while (missing.length > 0) {
      const rows = await this.lookUp(missing);
      for (const oid of missing) this.known.set(oid, { name: `type ${oid}`, category: 'other' });
      for (const row of rows) this.known.set(row.oid, this.fromRow(row));
      missing = this.missing(rows.map((row) => row.element));
    }
  }

  private fromRow(row: TypeRow): PostgresType {
    const type = { name: row.name, category: categoryOf(row) };
    return row.element === 0 ? type : { ...type, element: row.element, delimiter: row.delimiter };
  }

  private missing(oids: readonly number[]): number[] {
    return [...new Set(oids)].filter((oid) => oid !== 0 && !this.known.has(oid));
  }
}

/** `numeric(18,2)`, `character varying(20)`, `timestamp(3) without time zone`; the modifier is the server's number. */
export function typeWithModifier(oid: number, name: string, modifier: number): string {
  if (modifier < 0) return name;
  switch (oid) {
    case 1700: {
      const packed = modifier - 4;
      // Eleven bits, signed: a scale may be negative.
      const scale = ((packed & 0x7ff) ^ 1024) - 1024;
      return `numeric(${(packed >> 16) & 0xffff},${scale})`;
    }
    case 1042:
    case 1043:
      return `${name}(${modifier - 4})`;
    case 1560:
    case 1562:
      return `${name}(${modifier})`;
    case 1083:
    case 1114:
    case 1184:
    case 1266:
      return name.replace(/^(\w+)/, `$1(${modifier})`);
    default:
      return name;
  }
}
