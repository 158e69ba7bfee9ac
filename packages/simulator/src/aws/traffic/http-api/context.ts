import type { Exchange, Source } from './exchange.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const VARIABLES: Readonly<Record<string, (exchange: Exchange) => string | undefined>> = {
  accountId: ({ ground }) => ground.account,
  apiId: ({ view }) => view.fields.ApiId,
  domainName: ({ call }) => call.host,
  domainPrefix: ({ call }) => call.host.split('.')[0],
  extendedRequestId: ({ id }) => id,
  httpMethod: ({ call }) => call.method,
  'identity.sourceIp': ({ call }) => call.sourceIp,
  'identity.userAgent': ({ call }) => call.headers['user-agent'],
  path: ({ call }) => call.path.split('?')[0],
  protocol: () => 'HTTP/1.1',
  requestId: ({ id }) => id,
  requestTime: ({ now }) => logTime(now),
  requestTimeEpoch: ({ now }) => `${Math.floor(now / 1000)}`,
  routeKey: ({ route }) => route.key,
  stage: ({ stage }) => stage.StageName,
};

const CLAIM = /^authorizer\.(?:jwt\.)?claims\.(.+)$/;

/** Reads a variable of a call's context; variables that are not simulated have no value. */
export function contextValue(name: string): Source {
  const [, claim] = CLAIM.exec(name) ?? [];
  if (claim !== undefined) return ({ claims }) => textOf(claims?.[claim]);
  const read = VARIABLES[name];
  if (!read) return () => undefined;
  return (exchange) => {
    exchange.ground.decisions.differByCall(); // the time and the ID of the call are among them
    return read(exchange);
  };
}

function textOf(claim: unknown): string | undefined {
  if (claim === undefined) return undefined;
  return typeof claim === 'string' ? claim : JSON.stringify(claim);
}
