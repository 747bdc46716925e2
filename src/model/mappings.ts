/** How a mapping value that lacks its quotes is to be written. Quotes would not make a list of origins match any page (B3). */
export const quotedAs = (header: string, value: string): string =>
  header.toLowerCase().endsWith('allow-origin') && value.includes('.') && /\.\w+[,\s]/.test(value)
    ? `one origin, like "'https://app.example.com'"`
    : `"'${withoutQuotes(value)}'"`;

/** Most have none. */
const withoutQuotes = (value: string): string =>
  value.includes('"') || value.includes("'") ? value.replaceAll(/^["']+|["']+$/g, '') : value;
