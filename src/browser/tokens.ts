/** Whether a text can be the name of a header or a method (RFC 9110, "Tokens"). One that cannot makes browsers drop its whole list (Fetch, "extract header list values"). */
export const isToken = (text: string): boolean => /^[!#$%&'*+.^`|~\w-]+$/.test(text);
