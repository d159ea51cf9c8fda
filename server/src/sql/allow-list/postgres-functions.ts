import { names } from './function-allow-list.js';

/** On the list for its hints: the grammar has them, and only a quoted name would call a function. */
export const postgresGrammarCalls = names('coalesce greatest least nullif');

/**
 * What user SQL may call in Postgres: reads its arguments, nothing else. Names as the parser gives them, and only
 * those that pg_catalog has: another could be anybody's.
 */
export const postgresFunctions = names(
  // Aggregates
  `any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every
   json_agg json_agg_strict json_object_agg json_object_agg_strict json_object_agg_unique
   jsonb_agg jsonb_agg_strict jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique
   max min mode percentile_cont percentile_disc range_agg range_intersect_agg
   regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
   stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance`,
  // Windows
  `cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`,
  // Numbers
  `abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cbrt ceil ceiling cos cosd cosh cot cotd
   degrees div erf erfc exp factorial floor gamma gcd lcm lgamma ln log log10 min_scale mod numeric
   pi pow power radians random round scale sign sin sind sinh sqrt tan tand tanh to_number trim_scale trunc
   width_bucket to_bin to_hex to_oct float4 float8 int2 int4 int8`,
  // Text
  `ascii bit_length btrim casefold char_length character_length chr concat concat_ws convert convert_from convert_to
   decode encode format get_bit get_byte initcap is_normalized left length like like_escape lower lpad ltrim md5
   normalize notlike octet_length overlay parse_ident position quote_ident quote_literal quote_nullable
   repeat replace reverse right rpad rtrim set_bit set_byte sha224 sha256 sha384 sha512 similar_to_escape split_part starts_with
   string_to_array string_to_table strpos substr substring text to_ascii translate unicode_assigned unistr upper
   varchar bpchar crc32 crc32c bit_count hashtext hashtextextended`,
  // Regular expressions
  `regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
   regexp_split_to_table regexp_substr`,
  // Dates and times
  `age clock_timestamp date date_add date_bin date_part date_subtract date_trunc extract isfinite justify_days
   justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz now overlaps
   statement_timestamp timeofday timezone to_char to_date to_timestamp transaction_timestamp timestamp timestamptz
   time timetz interval`,
  // Conditional and comparison
  `num_nonnulls num_nulls pg_typeof pg_column_size enum_first enum_last enum_range`,
  ...postgresGrammarCalls,
  // JSON
  `array_to_json json_array_elements json_array_elements_text json_array_length json_build_array json_build_object
   json_each json_each_text json_extract_path json_extract_path_text json_object json_object_keys
   json_populate_record json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof
   jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
   jsonb_concat jsonb_contains jsonb_each jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any
   jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_keys
   jsonb_path_exists jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz jsonb_path_query
   jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz
   jsonb_path_query_tz jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax
   jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof row_to_json to_json to_jsonb`,
  // Arrays and ranges
  `array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position array_positions
   array_prepend array_remove array_replace array_reverse array_sample array_shuffle array_sort array_to_string
   array_upper cardinality generate_series generate_subscripts trim_array unnest
   daterange int4range int8range isempty lower_inc lower_inf multirange numrange range_merge tsrange tstzrange
   upper_inc upper_inf datemultirange int4multirange int8multirange nummultirange tsmultirange tstzmultirange`,
  // Network addresses and UUIDs
  `abbrev broadcast family host hostmask gen_random_uuid inet_merge inet_same_family masklen netmask network uuid_extract_timestamp
   uuid_extract_version`,
  // Text search
  `numnode phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery to_tsvector ts_headline ts_rank
   ts_rank_cd tsvector_to_array websearch_to_tsquery`,
);

/** Built-in operators; one of somebody's own may call any function. */
export const postgresOperators = names(
  `+ - * / % ^ |/ ||/ @ ! & | # ~ << >> = <> != < > <= >= || <-> && @> <@ &< &> -|- -> ->> #> #>> #- ? ?| ?& @? @@
   @@@ ~~ !~~ ~~* !~~* ~* !~ !~* ^@ ~<~ ~<=~ ~>~ ~>=~ <<= >>= !! <% %> <<% %>> <<-> <->>`,
  // What the parser names the operator of the SQL syntax of the same name
  `BETWEEN NOT_BETWEEN BETWEEN_SYMMETRIC NOT_BETWEEN_SYMMETRIC`,
);
