import { MESSAGE_KEY, ROUTE_KEY } from '../../model/route.js';

/** An id as a cloud gives it, or an ARN. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,511}$/;

export { ROUTE_KEY } from '../../model/route.js';

/** A route key of any kind of gateway. */
export const ANY_ROUTE_KEY = new RegExp(`${ROUTE_KEY.source}|${MESSAGE_KEY.source}`);

/** Lower-case words and digits joined by hyphens. */
export const REGION = /^[a-z]{2,}(?:-[a-z0-9]+){1,4}$/;

/** The id of an API or API group. */
export const GATEWAY_ID = /^[A-Za-z0-9]{1,64}$/;
