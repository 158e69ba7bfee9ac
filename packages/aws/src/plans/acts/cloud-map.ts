import {
  blocks,
  linked,
  removes,
  resource,
  updatedValues,
  type Act,
  type ActValues,
  type Caller,
  type Outputs,
} from '@postern/core/internal/overlay';
import { isAddress, onChange, stays } from './calls.js';

/** A namespace is ready when the operation that creates it is done. */
function namespace(operation: string): Act {
  return {
    gives: ['hosted_zone', 'name'],
    create: async (values, caller) => {
      const { OperationId } = caller.call(operation, caller.fill(operation, values));
      await caller.wait(120_000);
      const { Operation } = caller.call('servicediscovery.GetOperation', { OperationId });
      return namespaceOutputs(Operation.Targets?.NAMESPACE, caller);
    },
    update: stays,
    remove: removes('servicediscovery.DeleteNamespace', 'Id'),
    goneMs: 120_000,
    isUnseen: true,
  };
}

function namespaceOutputs(id: unknown, caller: Caller): Outputs {
  const { Namespace } = caller.call('servicediscovery.GetNamespace', { Id: id });
  const hosted_zone = Namespace.Properties?.DnsProperties?.HostedZoneId;
  return { id, arn: Namespace.Arn, name: Namespace.Name, hosted_zone };
}

/** A block without members is a check, too. */
function hasCustomCheck({ health_check_custom_config: check }: ActValues): boolean {
  return Array.isArray(check) ? check.length > 0 : blocks(check).length > 0;
}

const DELETE_SERVICE = 'servicediscovery.DeleteService';

export const cloudMapActs: Readonly<Record<string, Act>> = {
  aws_service_discovery_http_namespace: namespace('servicediscovery.CreateHttpNamespace'),
  aws_service_discovery_private_dns_namespace: namespace('servicediscovery.CreatePrivateDnsNamespace'),
  aws_service_discovery_service: resource('servicediscovery.CreateService', 'Service.Id', DELETE_SERVICE, {
    names: { HealthCheckCustomConfig: '-', Type: 'type' },
    input: (input, values) => {
      const records = input['DnsConfig'] as Record<string, unknown> | undefined;
      const { NamespaceId, ...DnsConfig } = records ?? {};
      return {
        ...input,
        NamespaceId: input['NamespaceId'] ?? NamespaceId,
        DnsConfig: records && DnsConfig,
        HealthCheckCustomConfig: hasCustomCheck(values) ? { FailureThreshold: 1 } : undefined,
      };
    },
    outputs: ({ Service }) => ({ arn: Service.Arn, name: Service.Name }),
    update: onChange(['description', 'dns_config', 'health_check_config'], (before, values, caller) => {
      // Of DNS settings the records change alone.
      const filled = caller.fill('servicediscovery.UpdateService', { service: [updatedValues(before, values)] });
      caller.call('servicediscovery.UpdateService', { ...filled, Id: before['id'] });
    }),
  }),
  aws_service_discovery_instance: linked('servicediscovery.RegisterInstance', 'servicediscovery.DeregisterInstance', {
    outputs: (_answer, input) => ({ id: input['InstanceId'] }),
    readyMs: 30_000,
    // Registering it anew is how it is changed.
    // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/servicediscovery/instance.go
    update: onChange(['attributes'], (_before, values, caller) => {
      const input = caller.fill('servicediscovery.RegisterInstance', values);
      caller.call('servicediscovery.RegisterInstance', input);
      return caller.wait(30_000);
    }),
    goneMs: 30_000,
    owners: ['service_id'],
    feeds: ['service_id'],
    isOutside: ({ attributes }) => isAddress((attributes as ActValues | undefined)?.['AWS_INSTANCE_IPV4']),
    isLast: () => true,
  }),
};
