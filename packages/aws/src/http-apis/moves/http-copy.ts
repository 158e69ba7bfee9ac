import type { CallContext } from '@postern/core/internal/library';
import { defined, createOnce, formatBoundMark, hashJson, usersOfMark } from '@postern/core/internal/adapter';
import type { CreateIntegrationInput, IntegrationOutput } from '../../sdk-types.js';
import { sent, type Session } from '../../client/session.js';
import { identityOf, ownerOfIntegration } from '../integration-marks.js';
import { listIntegrations } from '../integration.js';
import { STALENESS_MS } from '../../limits.js';

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html 1,024 characters */
const DESCRIPTION_MAX = 1_024;

/**
 * The ID of a copy of an integration over another link: found, or created once. It has all settings of the original. One
 * with Postern's mark gets the same mark, bound to the new link; any other one gets a note that a repeated attempt finds.
 * @throws {CloudError} `QUOTA_EXCEEDED` where the API has as many integrations as it can
 */
export async function ensureCopy(
  session: Session,
  apiId: string,
  original: IntegrationOutput,
  linkId: string,
  ctx: CallContext,
): Promise<string> {
  const wanted = copyOf(apiId, original, linkId);
  const found = await createOnce<IntegrationOutput>({
    what: `integration of ${apiId} over VPC link ${linkId}`,
    find: () => findCopy(session, apiId, original, linkId, ctx),
    create: () => session.call(ctx, 'apigatewayv2', 'CreateIntegration', wanted),
    stalenessMs: STALENESS_MS,
    ctx,
  });
  return sent(found.IntegrationId, 'IntegrationId', 'CreateIntegration', true);
}

/** The copy of an integration over another link, as an earlier attempt may have made it; undefined where there is none. */
export async function findCopy(
  session: Session,
  apiId: string,
  original: IntegrationOutput,
  linkId: string,
  ctx: CallContext,
): Promise<IntegrationOutput | undefined> {
  const wanted = copyOf(apiId, original, linkId);
  return (await listIntegrations(session, apiId, ctx)).find((one) => isCopy(one, wanted));
}

/** The description of an integration that Postern's mark is in, or the note of a move, over another link. */
export function descriptionOver(apiId: string, original: IntegrationOutput, linkId: string): string {
  const { Description = '', IntegrationId } = original;
  const owner = ownerOfIntegration(apiId, original);
  if (owner !== undefined) {
    return formatBoundMark(owner, identityOf(apiId, { ...original, ConnectionId: linkId }), usersOfMark(Description));
  }

  const note = `[postern move ${hashJson({ apiId, integrationId: IntegrationId, linkId })}]`;
  return Description === '' ? note : `${Description.slice(0, DESCRIPTION_MAX - note.length - 1)} ${note}`;
}

/** Whether a move made an integration, as the copy of one without a mark. */
export function isMadeByMove({ Description = '' }: IntegrationOutput): boolean {
  return /(?:^|\s)\[postern move [0-9a-f]{16}\]$/.test(Description);
}

function copyOf(apiId: string, original: IntegrationOutput, linkId: string): CreateIntegrationInput {
  const { RequestParameters, ResponseParameters, TlsConfig, TimeoutInMillis, CredentialsArn } = original;
  return {
    ApiId: apiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: original.IntegrationMethod ?? 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId,
    IntegrationUri: original.IntegrationUri ?? '',
    PayloadFormatVersion: '1.0',
    Description: descriptionOver(apiId, original, linkId),
    ...defined({ TimeoutInMillis, CredentialsArn }),
    ...(isEmpty(RequestParameters) ? {} : { RequestParameters: { ...RequestParameters } }),
    ...(isEmpty(ResponseParameters)
      ? {}
      : {
          ResponseParameters: Object.fromEntries(
            Object.entries(ResponseParameters ?? {}).map(([status, mapped]) => [status, { ...mapped }]),
          ),
        }),
    ...(TlsConfig === undefined || TlsConfig === null
      ? {}
      : {
          TlsConfig:
            TlsConfig.ServerNameToVerify === undefined ? {} : { ServerNameToVerify: TlsConfig.ServerNameToVerify },
        }),
  };
}

/** The description names the original, so that copies of different originals differ. */
function isCopy(one: IntegrationOutput, wanted: CreateIntegrationInput): boolean {
  return one.ConnectionId === wanted.ConnectionId && one.Description === wanted.Description && sameCall(one, wanted);
}

/** Whether an integration calls its backend as the copy of an original over a link does. */
export function hasSettingsOf(
  one: IntegrationOutput,
  apiId: string,
  original: IntegrationOutput,
  linkId: string,
): boolean {
  return sameCall(one, copyOf(apiId, original, linkId));
}

function sameCall(one: IntegrationOutput, wanted: CreateIntegrationInput): boolean {
  const maps = ['RequestParameters', 'ResponseParameters', 'TlsConfig'] as const;
  return (
    one.IntegrationUri === wanted.IntegrationUri &&
    one.IntegrationMethod === wanted.IntegrationMethod &&
    (wanted.TimeoutInMillis === undefined || one.TimeoutInMillis === wanted.TimeoutInMillis) &&
    maps.every((name) => hashJson({ ...one[name] }) === hashJson({ ...wanted[name] }))
  );
}

function isEmpty(map: object | undefined): boolean {
  return Object.keys(map ?? {}).length === 0;
}
