/** How a mapping value that lacks its quotes is to be written. Quotes would not make a list of origins match any page (B3). */
export const quotedAs = (header: string, value: string): string =>
  /allow-origin$/i.test(header) && /\.\w+[,\s]/.test(value)
    ? `one origin, like "'https://app.example.com'"`
    : `"'${value.replaceAll(/^["']+|["']+$/g, '')}'"`;
