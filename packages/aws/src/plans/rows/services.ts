import type { Rows, View } from '@postern/core/internal/overlay';
import type { DiscoveryService } from '@postern/core/internal/snapshot';
import { AWS } from './id-forms.js';

const SERVICE = { attribute: 'id', form: /^srv-[a-z0-9]+$/ };

/** Services of Cloud Map and what is registered with them. */
export const serviceRows: Rows = {
  aws_service_discovery_service: {
    list: 'services',
    ids: { id: (_, hash) => `srv-${hash.slice(0, 16)}`, arn: serviceArn },
    idAttribute: 'arn',
    add: (view, { draft }) => {
      const id = view.needed('arn');
      const known = draft.get('services', id);
      const has = (block: string): boolean => view.blocks(block).length > 0;
      draft.put('services', {
        instances: [],
        ...known,
        id,
        name: view.text('name'),
        healthCheck: has('health_check_config') ? 'native' : has('health_check_custom_config') ? 'custom' : 'none',
      } as DiscoveryService);
      const records = view.blocks('dns_config').flatMap((one) => one.blocks('dns_records'));
      draft.registrations.recordTypes.set(
        id,
        records.flatMap((one) => one.text('type') ?? []),
      );
    },
  },
  aws_service_discovery_instance: {
    list: 'services',
    isPart: true,
    owner: (view, draft) =>
      draft.all('services').find((one) => one.id.endsWith(`/${view.ref('service_id', SERVICE)}`))?.id,
    add: (view, { draft }) => {
      const service = serviceOf(view, draft.all('services'));
      const attributes = view.map('attributes');
      const port = attributes['AWS_INSTANCE_PORT'];
      const made = {
        id: view.needed('instance_id'),
        address: view.within('attributes').ref('AWS_INSTANCE_IPV4', AWS.address),
        ...(port === undefined ? {} : { port: Number(port) }),
        // A target that the plan registers counts as healthy. With a custom check it is so at first, unless the attribute says else.
        // https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
        healthy: attributes['AWS_INIT_HEALTH_STATUS'] !== 'UNHEALTHY',
        attributes,
      };
      if (made.address === undefined) throw view.unknown('attributes', []);

      draft.patch('services', service, ({ instances = [] }) => ({
        instances: [...instances.filter(({ id }) => id !== made.id), made],
      }));
    },
    remove: (view, { draft }) => {
      const service = serviceOf(view, draft.all('services'));
      const id = view.needed('instance_id');
      draft.patch('services', service, ({ instances = [] }) => ({
        instances: instances.filter((one) => one.id !== id),
      }));
    },
  },
};

function serviceArn(view: View, hash: string): string {
  const { region, account } = view.lookup.place;
  return `arn:aws:servicediscovery:${region}:${account}:service/srv-${hash.slice(0, 16)}`;
}

/** Instances name a service by its ID, and targets by its ARN. */
function serviceOf(view: View, services: readonly DiscoveryService[]): string {
  const id = view.neededRef('service_id', SERVICE);
  const found = services.find((one) => one.id.endsWith(`/${id}`));
  if (found === undefined) throw view.unknown('service_id', [`${id} is not in the snapshot`]);

  return found.id;
}
