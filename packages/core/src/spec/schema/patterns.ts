/** An id as a cloud gives it, or an ARN. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,511}$/;

export { ROUTE_KEY } from '../../model/route.js';

/** Lower-case words and digits joined by hyphens. */
export const REGION = /^[a-z]{2,}(?:-[a-z0-9]+){1,4}$/;

/** The id of an API or API group. */
export const GATEWAY_ID = /^[A-Za-z0-9]{1,64}$/;

/** The numbers of accounts, by provider. */
export const ACCOUNT = { aws: /^\d{12}$/, alibaba: /^\d{6,20}$/ } as const;

/** The clouds that a spec can name. */
export type SpecProvider = keyof typeof ACCOUNT;

/** Whether a spec can name a cloud. */
export function isSpecProvider(text: unknown): text is SpecProvider {
  return typeof text === 'string' && Object.hasOwn(ACCOUNT, text);
}
