import { raise } from '../../../simulation/raise.js';
import type { AutoScalingGroupProviderUpdate, CapacityProvider } from '@aws-sdk/client-ecs';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { FARGATE_PROVIDERS } from '../container-instances.js';
import { clientError, invalidParameter, refuse, family, listed } from '../request.js';
import { arnOf, missing, nameOf } from '../find.js';
import type { CapacityProviderRow } from '../state.js';
import { mergedTags, tagList } from '../tags.js';
import { limited } from '../../operation/family.js';

/** Capacity providers: those of Fargate, which each account has, and those of Auto Scaling groups. */
export const capacityProviderOperations = family({
  /** @throws {ServiceError} `ClientException`, `InvalidParameterException` */
  CreateCapacityProvider: {
    limits: { name: { pattern: /^(?!aws|ecs|fargate)[\w-]{1,255}$/i }, tags: { length: [0, 50] } },
    run(call, input) {
      refuse(input, ['cluster', 'managedInstancesProvider']);
      const { name, autoScalingGroupProvider: given } = input;
      if (given === undefined) throw invalidParameter('The auto scaling group provider is required.'); // [U]
      if (call.state.ecs.capacityProviders.has(name))
        throw clientError(
          `The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.`,
        );

      const { autoScalingGroupArn = '' } = given;
      const group =
        [...call.state.autoScaling.groups.values()].find(({ fields }) =>
          [fields.AutoScalingGroupARN, fields.AutoScalingGroupName].includes(autoScalingGroupArn),
        ) ?? raise(clientError('The specified Auto Scaling group ARN is invalid. Specify a valid ARN and try again.'));

      const row: CapacityProviderRow = {
        fields: {
          capacityProviderArn: arnOf(call, 'capacity-provider', name),
          name,
          status: 'ACTIVE',
          type: 'EC2_AUTOSCALING',
          autoScalingGroupProvider: { ...settingsOf(given), autoScalingGroupArn: group.fields.AutoScalingGroupARN },
        },
        tags: mergedTags({}, input.tags),
      };
      call.state.ecs.capacityProviders.set(name, row);
      return { capacityProvider: view(row, true) };
    },
  },

  UpdateCapacityProvider(call, input) {
    refuse(input, ['cluster', 'managedInstancesProvider']);
    const row = getProvider(call, input.name);
    const before = row.fields.autoScalingGroupProvider;
    const after = { ...before, ...settingsOf({ ...before, ...input.autoScalingGroupProvider }) };
    row.fields = { ...row.fields, autoScalingGroupProvider: after };
    return { capacityProvider: view(row, true) };
  },

  /** Deletes a provider that no cluster has. @throws {ServiceError} `ClientException` */
  DeleteCapacityProvider(call, input) {
    const row = getProvider(call, input.capacityProvider ?? '');
    const isUsed = [...call.state.ecs.clusters.values()].some(
      ({ fields }) => fields.status === 'ACTIVE' && fields.capacityProviders.map(nameOf).includes(row.fields.name),
    );
    if (isUsed)
      throw clientError(
        'The specified capacity provider is in use and cannot be deleted. Remove the capacity provider from the clusters and try again.', // [U]
      );

    call.state.ecs.capacityProviders.delete(row.fields.name);
    return { capacityProvider: { ...view(row, true), status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' } };
  },

  /** Providers by name or ARN; by default all. */
  DescribeCapacityProviders: limited({ 'include[]': { values: ['TAGS'] } }, (call, input, list) => {
    const own = call.state.ecs.capacityProviders;
    const all = [...FARGATE_PROVIDERS, ...own.keys()];
    const names = (input.capacityProviders ?? all).map(nameOf);
    const known = names.filter((name) => all.includes(name));
    const { items, nextToken } = listed('items', list, known, input);
    const withTags = input.include?.includes('TAGS') === true;
    return {
      capacityProviders: items.map((name): CapacityProvider => {
        const row = own.get(name);
        if (row !== undefined) return view(row, withTags);

        const capacityProviderArn = arnOf(call, 'capacity-provider', name);
        return { capacityProviderArn, name, status: 'ACTIVE', type: name as 'FARGATE', tags: [] };
      }),
      failures: names
        .filter((name) => !all.includes(name))
        .map((name) => missing(arnOf(call, 'capacity-provider', name))),
      nextToken,
    };
  }),
});

function getProvider({ state }: AwsCall, name: string): CapacityProviderRow {
  const row = state.ecs.capacityProviders.get(nameOf(name));
  if (row !== undefined) return row;

  throw new ServiceError(
    'ClientException',
    'The specified capacity provider does not exist. Specify a valid name and try again.',
  );
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html (the defaults) */
function settingsOf({
  managedScaling,
  managedTerminationProtection = 'DISABLED',
  managedDraining = 'ENABLED',
}: AutoScalingGroupProviderUpdate) {
  return {
    managedScaling: {
      status: 'DISABLED' as const,
      targetCapacity: 100,
      minimumScalingStepSize: 1,
      maximumScalingStepSize: 10_000,
      instanceWarmupPeriod: 300,
      ...managedScaling,
    },
    managedTerminationProtection,
    managedDraining,
  };
}

function view({ fields, tags }: CapacityProviderRow, withTags: boolean): CapacityProvider {
  return { ...fields, tags: withTags ? tagList(tags) : [] };
}
