import { createHmac } from 'node:crypto';

const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A symmetric key of a plug-in: its member `k` is a secret. */
export const KEY = { kty: 'oct', alg: 'HS256', k: part('canary-of-a-key-of-tokens') } as const;

const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'a caller' })}`;

/** A token that does not end. */
export const TOKEN = `${signed}.${createHmac('sha256', Buffer.from(KEY.k, 'base64url')).update(signed).digest('base64url')}`;
