/**
 * Whether one Access-Control-Allow-Origin value tries to name several origins: parted by commas or blanks, or a JSON list.
 * It equals none of them then (Fetch, "CORS check", step 4: the value is compared as a whole).
 */
export function namesSeveral(value: string): boolean {
  const text = value.trim();
  return (text.startsWith('[') && text.endsWith(']')) || text.split(/[\s,]+/).filter(Boolean).length > 1;
}
