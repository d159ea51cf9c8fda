import { names } from './function-allow-list.js';

/** Others show passwords of foreign servers (user_mapping_options), sources of functions (routines), settings. */
const readable = names(
  `tables columns views schemata table_constraints key_column_usage constraint_column_usage referential_constraints
   check_constraints`,
);

/** Why this view of information_schema may not be read; nothing when it may. */
export function refuseInformationView(view: string, name: string): string | undefined {
  if (readable.has(view)) return undefined;
  return `"${name}" is a system relation; of information_schema user SQL may read ${[...readable].join(', ')}`;
}
