import * as z from 'zod';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { duration, hostName, id, limit, name, say, strict, text, called, optional, required } from './fields.js';
import { textOf } from './target-schema.js';

const mapped = z.record(
  z
    .string()
    .regex(/^[!-~]{1,256}$/, { error: say('not a valid name of a parameter', 'Write a name such as x-tenant.') }),
  text(
    /^(?:(?:path|query|header|context)\.[!-~]{1,256}|'[ -~]{0,512}')$/,
    'not a valid source of a parameter',
    'Write path.NAME, query.NAME, header.NAME or context.NAME, or a constant in single quotes: "\'eu\'".',
  ),
);

const parameters = (cloud: string | undefined) =>
  strict({
    path: optional(mapped, 'Variables of the path of the backend request.', {
      examples: [{ id: 'path.order' }],
      absent: "the variables of the route's path",
      cloud,
    }),
    query: optional(mapped, 'Parameters of the query of the backend request.', {
      examples: [{ region: "'eu'" }],
      absent: 'only the query of the call',
      cloud,
    }),
    header: optional(mapped, 'Headers of the backend request.', {
      examples: [{ 'x-tenant': 'header.tenant' }],
      absent: 'only the headers of the call',
      cloud,
    }),
  });

const wholeLimit = limit.clone().refine(Number.isInteger, {
  error: say('not a whole number', 'Write a number such as 50.'),
});

/** How many calls are let through. */
export const throttleForm = (cloud: string | undefined) =>
  called(
    'throttle',
    strict({
      rate: optional(limit, 'Calls per second, as a mean.', { examples: [100], absent: 'it is not managed', cloud }),
      burst: optional(wholeLimit, 'How many calls may come at once.', {
        examples: [50],
        absent: 'it is not managed',
        cloud,
      }),
    }).refine(({ rate, burst }) => rate !== undefined || burst !== undefined, {
      error: say('a throttle without a limit', 'Write rate, burst or both: { rate: 100, burst: 50 }.'),
    }),
  );

/** What the settings of a route take. */
export const routeForms = {
  host: hostName,
  timeout: duration,
  parameters: parameters(undefined),
  authorizer: id,
  scopes: z.array(id).max(50),
  apiKey: z.boolean(),
  stream: z.boolean(),
  throttle: throttleForm(undefined),
};

/** A route with settings, as a set describes it. */
export const routeOf = (set: Clouds) => {
  const isOfSome = true;
  const parametersText = textOf(set, 'route.parameters', {
    about: 'Parts of the backend request that come from the call, or are constant.',
    examples: [{ header: { 'x-tenant': 'header.tenant' } }],
    absent: 'they are not managed',
    isOfSome,
  });
  const throttleText = textOf(set, 'route.throttle', {
    about: 'How many calls of the route the gateway lets through. It answers the others with its status 429.',
    examples: [{ rate: 100, burst: 50 }],
    absent: 'it is not managed',
    isOfSome,
  });
  return called(
    'route',
    strict({
      target: required(name, 'The name of a target.', { examples: ['orders'] }),
      host: optional(
        routeForms.host,
        ...textOf(set, 'route.host', {
          about: 'The `Host` of calls to the backend.',
          examples: ['orders.internal'],
          absent: 'it is not managed',
          isOfSome,
        }),
      ),
      timeout: optional(
        routeForms.timeout,
        ...textOf(set, 'route.timeout', {
          about: 'How long the gateway waits for an answer.',
          examples: ['10s'],
          absent: 'it is not managed',
          isOfSome,
        }),
      ),
      parameters: optional(parameters(parametersText[1].cloud), ...parametersText),
      authorizer: optional(
        routeForms.authorizer,
        ...textOf(set, 'route.authorizer', {
          about: '`none`, or the ID of an authorizer of the gateway.',
          absent: 'it is not managed',
          isOfSome,
        }),
      ),
      scopes: optional(
        routeForms.scopes,
        ...textOf(set, 'route.scopes', {
          about: "Scopes, one of which the caller's token must have.",
          examples: [['orders/read']],
          absent: 'they are not managed',
          isOfSome,
        }),
      ),
      apiKey: optional(
        routeForms.apiKey,
        ...textOf(set, 'route.apiKey', {
          about: 'Callers need an API key.',
          examples: [true],
          absent: 'it is not managed',
          isOfSome,
        }),
      ),
      stream: optional(
        routeForms.stream,
        ...textOf(set, 'route.stream', {
          about: 'Answers are passed on while they arrive.',
          examples: [true],
          absent: 'it is not managed',
          isOfSome,
        }),
      ),
      throttle: optional(throttleForm(throttleText[1].cloud), ...throttleText),
    }),
  );
};

export type CheckedRoute = z.output<ReturnType<typeof routeOf>>;
