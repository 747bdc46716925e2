/* The errors that a framework answers with a status of its own, by the names of their kinds. */

/** Those that Chalice and Powertools both have. */
export const OF_ALL: Readonly<Record<string, number>> = {
  BadRequestError: 400,
  UnauthorizedError: 401,
  ForbiddenError: 403,
  NotFoundError: 404,
  RequestTimeoutError: 408,
};

/** Those of Powertools, in Python and in TypeScript. */
export const OF_POWERTOOLS: Readonly<Record<string, number>> = {
  ...OF_ALL,
  RequestEntityTooLargeError: 413,
  InternalServerError: 500,
  ServiceUnavailableError: 503,
};
