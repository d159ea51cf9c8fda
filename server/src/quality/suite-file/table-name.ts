import type { TableName } from '../../warehouse/index.js';

const part = String.raw`(?:"((?:[^"]|"")+)"|([^\s."]+))`;
const whole = new RegExp(String.raw`^${part}(?:\.${part})?(?:\.${part})?$`);

/** `analytics.facts.revenue_hourly`, parts quoted where they hold a dot; undefined when it is none. */
export function parseTableName(text: string): TableName | undefined {
  const match = whole.exec(text.trim());
  if (!match) return undefined;
  const parts: string[] = [];
  for (let i = 1; i < match.length; i += 2) {
    const name = match[i]?.replaceAll('""', '"') ?? match[i + 1];
    if (name !== undefined) parts.push(name);
  }
  return parts;
}
