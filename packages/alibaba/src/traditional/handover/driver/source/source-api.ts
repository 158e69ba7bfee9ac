import { defined } from '@postern/core/internal/adapter';
import type { ParameterPlace, SourceDeployment } from '../../source/source-api.js';
import type { Answer } from '../../../../client/apis/actions.js';
import { flagOf, isWord } from '../../../../client/plain.js';
import { sourceBackend } from './source-backend.js';

type Deployed = Answer<'CloudAPI', 'DescribeDeployedApi'>;
type Draft = Answer<'CloudAPI', 'DescribeApi'>;

/** Of a publication: what is deployed, and the definition that it was published from, where it is known. */
export interface DeploymentParts {
  readonly stage: string;
  readonly deployed: Deployed;
  readonly full?: Draft | Answer<'CloudAPI', 'DescribeApiHistory'> | undefined;
}

/** What callers get from an API on one stage. */
export function sourceDeployment({ stage, deployed, full }: DeploymentParts): SourceDeployment {
  const { RequestConfig: request = {}, ServiceConfig: service = {}, DeployedTime } = deployed;
  const parameters = deployed.RequestParameters?.RequestParameter ?? [];
  const places = new Map(parameters.map((one) => [one.ApiParameterName ?? '', placeOf(one.Location)]));
  const backendPlaces = new Map(
    (deployed.ServiceParameters?.ServiceParameter ?? []).map((one) => [
      one.ServiceParameterName ?? '',
      placeOf(one.Location),
    ]),
  );
  const namedBackend = flagOf(full?.BackendEnable) ? full?.BackendConfig?.BackendId || undefined : undefined;
  const code = full?.AppCodeAuthType;
  return {
    stage,
    ...defined({ deployedAt: DeployedTime || undefined }),
    method: (request.RequestHttpMethod ?? 'ANY').toUpperCase(),
    path: request.RequestPath ?? '/',
    protocols: (request.RequestProtocol ?? '').split(/[,;]/).flatMap((text) => protocolOf(text)),
    mode: modeOf(request.RequestMode),
    auth: authOf(deployed.AuthType),
    // DEFAULT: an AppCode is enough where the API is sold on the marketplace only.
    ...(code === undefined || code === '' ? {} : { appCode: !/^(?:default|disable)/i.test(code) }),
    signatureMethods: (deployed.AllowSignatureMethod ?? '').split(/[,;]/).filter((text) => text !== ''),
    forceNonce: flagOf(deployed.ForceNonceCheck),
    internetDisabled: flagOf(deployed.DisableInternet),
    parameters: parameters.map((one) => ({
      name: one.ApiParameterName ?? '',
      place: placeOf(one.Location),
      required: isWord(one.Required, 'required'),
      checked: [
        one.RegularExpression,
        one.EnumValue,
        one.JsonScheme,
        one.MaxLength,
        one.MinLength,
        one.MaxValue,
        one.MinValue,
      ].some((rule) => rule !== undefined && rule !== '' && rule !== 0),
    })),
    mappings: (deployed.ServiceParametersMap?.ServiceParameterMap ?? []).map(
      ({ RequestParameterName: from = '', ServiceParameterName: to = '' }) => ({
        from: { name: from, place: places.get(from) ?? 'other' },
        to: { name: to, place: backendPlaces.get(to) ?? places.get(from) ?? 'other' },
      }),
    ),
    constants: (deployed.ConstantParameters?.ConstantParameter ?? []).map((one) => ({
      name: one.ServiceParameterName ?? '',
      place: placeOf(one.Location),
    })),
    system: [
      ...(deployed.SystemParameters?.SystemParameter ?? []),
      ...(deployed.CustomSystemParameters?.CustomSystemParameter ?? []),
    ].map((one) => ({
      system: one.ParameterName ?? '',
      name: one.ServiceParameterName ?? '',
      place: placeOf(one.Location),
    })),
    backend: sourceBackend({ deployed: service, full: full?.ServiceConfig, namedBackend }),
    variables: variablesIn([
      service.ServiceAddress,
      service.ServicePath,
      service.VpcConfig?.Name,
      service.FunctionComputeConfig?.FunctionName,
    ]),
  };
}

/** Stage variables are names between two signs `#`. */
function variablesIn(texts: readonly (string | undefined)[]): readonly string[] {
  const found = texts.flatMap((text) => [...(text ?? '').matchAll(/#(\w+)#/g)].map(([, name = '']) => name));
  return [...new Set(found)].toSorted();
}

function placeOf(location = ''): ParameterPlace {
  switch (location.toLowerCase()) {
    case 'path':
      return 'path';
    case 'query':
      return 'query';
    case 'head':
    case 'header':
      return 'header';
    case 'body':
      return 'body';
    case 'formdata':
    case 'form':
      return 'form';
    default:
      return 'other';
  }
}

function protocolOf(text: string): SourceDeployment['protocols'] {
  const name = text.trim().toUpperCase();
  if (name === 'HTTP' || name === 'HTTPS') return [name];

  return /^(?:WS|WSS|WEBSOCKET)$/.test(name) ? ['WEBSOCKET'] : [];
}

function modeOf(text = ''): SourceDeployment['mode'] {
  if (/^mapping_passthrough$/i.test(text)) return 'MAPPING_PASSTHROUGH';

  return /^passthrough$/i.test(text) ? 'PASSTHROUGH' : 'MAPPING';
}

function authOf(text = ''): SourceDeployment['auth'] {
  if (/^anonymous$/i.test(text)) return 'anonymous';

  return /openid/i.test(text) ? 'openid' : 'app';
}

/**
 * What is deployed of APIs, by {@link definitionKey}, since the group was read last. It has the values of constants, which may be
 * secrets: it ends with the driver that reads them, and is in no answer of it.
 */
export type Definitions = Map<string, Answer<'CloudAPI', 'DescribeDeployedApi'>>;

export const definitionKey = (apiId: string, stage: string): string => `${stage} ${apiId}`;
