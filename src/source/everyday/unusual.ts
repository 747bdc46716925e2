/** Ends the quick reading of a file: something in it is rare or wrong, and left to the library. */
export class Unusual extends Error {}
