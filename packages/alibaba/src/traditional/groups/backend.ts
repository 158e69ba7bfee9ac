import type { Json, CallContext } from '@postern/core/internal/adapter';
import { eachOf } from '../../client/plain.js';
import { listAll } from '../../client/lists.js';
import { redacted } from '../../client/generated-client.js';
import type { Session } from '../../client/session.js';

/** A named backend: what it is on each stage, without its secrets; plain JSON. */
export interface Backend {
  readonly id: string;
  readonly name: string;
  /** `HTTP`, `VPC`, `DISCOVERY`, … */
  readonly type: string;
  readonly models: readonly BackendModel[];
}

export interface BackendModel {
  readonly stage: string;
  /** The authorization that it names. */
  readonly vpcAccessName?: string | undefined;
  readonly address?: string | undefined;
  /** Where services are registered: `nacos.internal:8848`. Instances behind it are not known. */
  readonly registry?: string | undefined;
  /** The service's own response. Passwords and keys of registries, which it returns in clear, are removed. */
  readonly config: Json;
}

/** All named backends of the region, each read once. */
export async function listBackends(session: Session, ctx: CallContext): Promise<readonly Backend[]> {
  const rows = await listAll(session, ctx, 'named backends', 'CloudAPI', 'DescribeBackendList');
  return eachOf(rows, async ({ BackendId, BackendName = '', BackendType = '' }) => {
    const { BackendInfo } = await session.call(ctx, 'CloudAPI', 'DescribeBackendInfo', { BackendId });
    const models = (BackendInfo?.BackendModels ?? []).map(({ StageName = '', BackendConfig = {} }) => {
      const { NacosConfig, ZookeeperConfig } = BackendConfig.DiscoveryConfig ?? {};
      return {
        stage: StageName,
        vpcAccessName: BackendConfig.VpcConfig?.Name || undefined,
        address: BackendConfig.ServiceAddress || undefined,
        registry: NacosConfig?.ServerAddress || ZookeeperConfig?.ConnectString || undefined,
        config: redacted(BackendConfig) as Json,
      };
    });
    return { id: BackendId, name: BackendName, type: BackendType, models };
  });
}

/** A private domain of instances; plain JSON. */
export interface PrivateDns {
  readonly domain: string;
  /** `A`, or `VPC`: an authorization, for conventional instances. */
  readonly type: string;
  readonly records: readonly string[];
  readonly instanceIds: readonly string[];
}

/** All private domains of the region. */
export async function listPrivateDns(session: Session, ctx: CallContext): Promise<readonly PrivateDns[]> {
  const rows = await listAll(session, ctx, 'private domains', 'CloudAPI', 'ListPrivateDNS');
  return rows.map(({ IntranetDomain, Type, Records = [], BindInstances = [] }) => ({
    domain: IntranetDomain,
    type: Type,
    records: Records.flatMap(({ Record }) => Record ?? []),
    instanceIds: [...BindInstances],
  }));
}
