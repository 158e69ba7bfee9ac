import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { ApiDefinition } from '../state.js';
import { findVpcAccessByName, getBackend } from '../request/find.js';
import { readObject, readObjects, say } from '../request/parameters.js';
import { objectOf, textOf, type JsonObject } from '../../../state/json-object.js';

const SCALARS = [
  'Description',
  'Visibility',
  'AuthType',
  'AllowSignatureMethod',
  'AppCodeAuthType',
  'DisableInternet',
  'ForceNonceCheck',
  'ResultType',
  'ResultSample',
  'FailResultSample',
  'ResultBodyModel',
  'WebSocketApiType',
] as const;

const LISTS = [
  'RequestParameters',
  'SystemParameters',
  'ConstantParameters',
  'ServiceParameters',
  'ServiceParametersMap',
  'ErrorCodeSamples',
  'ResultDescriptions',
] as const;

/** The definition of an API in CreateApi and ModifyApi. Structures are JSON texts. */
type DefinitionInput = {
  readonly [N in (typeof SCALARS)[number]]?: string | boolean | undefined;
} & {
  readonly [N in (typeof LISTS)[number]]?: string | undefined;
} & {
  readonly ApiName: string;
  readonly RequestConfig: string;
  readonly ServiceConfig: string;
  readonly OpenIdConnectConfig?: string | undefined;
  readonly BackendEnable?: boolean | undefined;
  readonly BackendId?: string | undefined;
};

/**
 * Reads what an API is to be. What a change does not mention stays as it was.
 * @throws {AlibabaError} `Invalid…`, `Missing…`, `NotFoundVpc` for an authorization that does not exist, `NotFoundBackend`
 */
export function readDefinition(
  state: AlibabaRegionState,
  input: DefinitionInput,
  earlier?: ApiDefinition,
): ApiDefinition {
  const given = SCALARS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]));
  const lists = LISTS.flatMap((name) => {
    const text = input[name];
    return text === undefined || text === '' ? [] : [[name, readObjects(name, text)] as const];
  });
  const { OpenIdConnectConfig: openId } = input;
  const definition: ApiDefinition = {
    name: input.ApiName,
    scalars: { AuthType: 'ANONYMOUS', ...earlier?.scalars, ...Object.fromEntries(given) },
    requestConfig: readObject('RequestConfig', input.RequestConfig),
    serviceConfig: readObject('ServiceConfig', input.ServiceConfig),
    openIdConnectConfig:
      openId === undefined || openId === '' ? earlier?.openIdConnectConfig : readObject('OpenIdConnectConfig', openId),
    lists: { ...earlier?.lists, ...Object.fromEntries(lists) },
    backendEnable: input.BackendEnable ?? earlier?.backendEnable ?? false,
    backendId: input.BackendId ?? earlier?.backendId ?? '',
  };
  checkRequest(definition.requestConfig);
  checkService(state, definition);
  return definition;
}

function checkRequest(config: JsonObject): void {
  for (const name of ['RequestProtocol', 'RequestHttpMethod', 'RequestPath']) {
    if (textOf(config, name) === '') throw say.missing(name);
  }
  if (!textOf(config, 'RequestPath').startsWith('/')) throw say.invalid('RequestPath');
}

function checkService(state: AlibabaRegionState, definition: ApiDefinition): void {
  const { serviceConfig: config, backendEnable, backendId } = definition;
  if (backendEnable) {
    if (backendId === '') throw say.missing('BackendId');

    getBackend(state, backendId);
    return;
  }
  if (isMock(config)) return;

  const timeout = textOf(config, 'ServiceTimeout');
  if (timeout !== '' && !/^[1-9]\d{0,4}$/.test(timeout)) throw say.invalid('ServiceTimeout');

  if (usesVpc(config)) {
    const name = vpcAccessNameOf(config);
    if (name === '') throw say.missing('VpcConfig');
    if (!/^(https?)?$/i.test(textOf(objectOf(config, 'VpcConfig'), 'VpcScheme'))) throw say.invalid('VpcScheme');
    if (!isPlaceholder(name) && !findVpcAccessByName(state, name)) throw say.notFound('Vpc');
  } else if (/^https?$/i.test(textOf(config, 'ServiceProtocol')) && textOf(config, 'ServiceAddress') === '') {
    throw say.missing('ServiceAddress');
  }
}

/** Whether the service is a sample answer. */
export function isMock(config: JsonObject): boolean {
  return /^(true|open)$/i.test(textOf(config, 'Mock'));
}

/** Whether the service is behind an authorization. */
export function usesVpc(config: JsonObject): boolean {
  return /^true$/i.test(textOf(config, 'ServiceVpcEnable'));
}

/** The name of the authorization that a service config points to. */
export function vpcAccessNameOf(config: JsonObject): string {
  return textOf(objectOf(config, 'VpcConfig'), 'Name');
}

/** A stage variable: `#NAME#`. */
export function isPlaceholder(text: string): boolean {
  return /^#\w+#$/.test(text);
}
