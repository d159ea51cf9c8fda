/** The kinds of warehouse that an adapter speaks to. */
export type Engine = 'postgres' | 'duckdb' | 'trino';
