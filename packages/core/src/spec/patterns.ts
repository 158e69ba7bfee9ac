/** An id as a cloud gives it, or an ARN. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,511}$/;

/** `$default`, or a method and a path. */
export const ROUTE_KEY = /^(?:\$default|(?:ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/[!-~]{0,1022})$/;
