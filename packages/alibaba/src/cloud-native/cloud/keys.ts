import { defined } from '@postern/core/internal/driver';
import type { SeenTarget, SpecKeys, TargetKind } from '@postern/core/internal/kinds';
import { GATEWAY_ACCESS } from './request.js';
import { DEFAULT_GROUP, PUBLIC, sameNamespace } from './sources.js';

/** The keys of links that gateways alone have. */
export const GATEWAY_KEYS = {
  access: {
    form: {
      oneOf: GATEWAY_ACCESS,
      fault: 'not from where callers reach a gateway',
      remedy: 'Write internet, intranet or both.',
    },
    about:
      'From where callers reach an `apig-gateway`. Postern does not change it. The console can widen it to `both`.',
    examples: ['intranet'],
    absent: '`internet`',
  },
} as const satisfies NonNullable<SpecKeys['link']>;

/** The targets of gateways alone. */
export const SERVICE_TARGETS = {
  /** @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/user-guide/create-service-source */
  nacos: {
    form: {
      keys: {
        source: {
          form: 'cloud name',
          about: 'The source of the gateway: its ID, its name, its address, or the ID of its MSE Nacos instance.',
          examples: ['src-crdddallhtgt'],
          absent: 'the only Nacos source of the gateway',
        },
        namespace: {
          form: 'cloud name',
          about: 'The ID of the namespace in Nacos.',
          examples: ['d8ac64f3-8b1a-4a52-9d0e-47a814ecf358'],
          absent: '`public`',
        },
        group: { form: 'cloud name', about: 'The group in Nacos.', examples: ['ORDERS'], absent: '`DEFAULT_GROUP`' },
        service: { form: 'cloud name', about: 'The name of the service in Nacos.', examples: ['orders'] },
      },
    },
    about:
      'A service of an MSE Nacos registry that is a source of an `apig-gateway`. The gateway follows its instances. The service keeps its own name, which has no room for a mark: Postern creates it where the gateway lacks it, and never deletes it.',
    examples: [{ service: 'orders', group: 'DEFAULT_GROUP', source: 'mse-cn-a1b2c3d4' }],
    faults: () => [],
    written: ({ registered }: SeenTarget) => {
      if (registered === undefined) return undefined;

      const { source, namespace, group, service } = registered;
      return {
        ...defined({ source }),
        ...(!sameNamespace(namespace, PUBLIC) && { namespace }),
        group: group ?? DEFAULT_GROUP,
        service,
      };
    },
  },
} as const satisfies Readonly<Record<string, TargetKind>>;
