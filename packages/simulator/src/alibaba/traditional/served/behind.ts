import { isMock, usesVpc, vpcAccessNameOf } from '../control/backend/definition.js';
import { findVpcAccessByName } from '../control/request/find.js';
import { ofAddress, partsOf, type Caller, type Meaning } from '../../callers/destinations.js';
import type { ApiVersionRow } from '../control/state.js';
import type { PublishedApi } from './group-view.js';
import type { JsonObject } from '../../state/json-object.js';

/** Where calls of a published API go from an instance. */
export type Behind =
  /** In a VPC: an address or an ID. Of several, calls take one by weight. */
  | {
      readonly kind: 'private';
      /** That of the authorization; undefined for a plain address. */
      readonly vpcId: string | undefined;
      readonly places: readonly { readonly address: string; readonly port: number; readonly weight: number }[];
      readonly host: string;
      readonly prefix: string;
    }
  /** On the internet. */
  | {
      readonly kind: 'public';
      readonly address: string;
      readonly port: number;
      readonly host: string;
      readonly prefix: string;
    }
  /** Another group of APIs, by its domain. */
  | { readonly kind: 'group'; readonly domain: string; readonly prefix: string }
  | { readonly kind: 'mock'; readonly config: JsonObject }
  /** The authorization is missing, or the name cannot be resolved. */
  | { readonly kind: 'missing'; readonly code: 'X504VE' | 'D504RE'; readonly because: string }
  /** A backend of a type that the simulator does not call. */
  | { readonly kind: 'not-simulated'; readonly because: string };

/** Where calls go, by what was published, and by what the instance that calls can resolve. */
export function behindOf(caller: Caller, { api, version }: PublishedApi): Behind {
  const { definition, vpc, serviceAddress } = version;
  if (isMock(definition.serviceConfig)) return { kind: 'mock', config: definition.serviceConfig };
  if (vpc) return behindAccess(caller, api.id, vpc);
  if (serviceAddress !== '') return behindAddress(caller, api.id, serviceAddress);

  return withoutAddress(caller, api.id, version);
}

/**
 * An authorization that was removed leaves APIs published, without a backend. One that is created after it with the same name
 * is another permission: that a published API does not follow it is inferred [I] from ModifyVpcAccessAndUpdateApis, which
 * exists to update what is published.
 */
function behindAccess(
  { state }: Caller,
  apiId: string,
  { id, name, vpcId, instanceId: address, port, vpcScheme }: NonNullable<ApiVersionRow['vpc']>,
): Behind {
  const access = findVpcAccessByName(state, name);
  if (!access) return missing('X504VE', `${apiId} names ${name}, which is not an authorization.`);
  if (id !== undefined && access.VpcAccessId !== id)
    return missing('X504VE', `${apiId} was published with an authorization ${name} that was removed since.`);

  const usual = vpcScheme.toLowerCase() === 'https' ? 443 : 80;
  const own = access.VpcTargetHostName;
  // Which host a backend without a target host name gets is [U].
  const host = own === '' ? `${address}${port === usual ? '' : `:${port}`}` : own;
  return { kind: 'private', vpcId, places: [{ address, port, weight: 1 }], host, prefix: '' };
}

function behindAddress(caller: Caller, apiId: string, url: string): Behind {
  const { scheme, host: name, port, path } = partsOf(url);
  const prefix = path.replace(/\/$/, '');
  const host = port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
  const meanings = ofAddress(caller, url, { id: apiId });
  const [first] = meanings;
  if (first === undefined) return { kind: 'public', address: name, port, host, prefix };
  if ('by' in first) return missing(first.by === 'name' ? 'D504RE' : 'X504VE', first.because);
  if ('domain' in first) return { kind: 'group', domain: first.domain, prefix };

  const places = meanings.flatMap((one) => placeOf(one));
  return places.length > 0
    ? { kind: 'private', vpcId: undefined, places, host, prefix }
    : missing('D504RE', `No record of ${name} has a weight.`);
}

function placeOf(meaning: Meaning): readonly { address: string; port: number; weight: number }[] {
  if (!('address' in meaning) || meaning.port === undefined || meaning.weight === 0) return [];

  return [{ address: meaning.address, port: meaning.port, weight: meaning.weight ?? 1 }];
}

function withoutAddress({ state }: Caller, apiId: string, { definition, stageName }: ApiVersionRow): Behind {
  const { backendEnable, backendId, serviceConfig } = definition;
  if (backendEnable) {
    const backend = state.cloudApi.backends.get(backendId);
    const model = backend?.models.find((one) => one.StageName === stageName);
    if (!model) return missing('X504VE', `${apiId} names backend ${backendId}, which has no ${stageName} stage.`);
    if (backend?.BackendType === 'MOCK') return { kind: 'mock', config: model.data };
    if (backend?.BackendType === 'VPC') return missing('X504VE', `Backend ${backendId} names no authorization.`);

    return { kind: 'not-simulated', because: `Backends of type ${backend?.BackendType ?? ''} are not simulated.` };
  }
  if (usesVpc(serviceConfig)) {
    return missing('X504VE', `${apiId} names ${vpcAccessNameOf(serviceConfig)}, which is not an authorization.`);
  }

  return { kind: 'not-simulated', because: `The backend of ${apiId} has no address: its type is not simulated.` };
}

const missing = (code: 'X504VE' | 'D504RE', because: string): Behind => ({ kind: 'missing', code, because });
