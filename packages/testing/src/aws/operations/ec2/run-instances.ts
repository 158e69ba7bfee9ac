import type { Reservation, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { checkPlacement } from '../../ec2/instance/default-subnet.js';
import { reservationViews } from '../../ec2/instance/instance-view.js';
import { launch } from '../../ec2/instance/launch.js';
import { oncePerToken } from '../../ec2/request/client-token.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { refuse } from '../../ec2/request/errors.js';

/**
 * Launches instances, as far as a network sees them: interfaces, addresses, states, tags. Image, key pair and
 * user data are not looked at.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
export const runInstances = ec2Operation({
  name: 'RunInstances',
  kind: 'write',
  run: (call, input: RunInstancesRequest): Reservation => {
    refuse(input, ['BlockDeviceMappings', 'KernelId', 'RamdiskId', 'ElasticGpuSpecification', 'LaunchTemplate']);
    refuse(input, ['ElasticInferenceAccelerators', 'InstanceMarketOptions', 'CreditSpecification', 'CpuOptions']);
    refuse(input, ['CapacityReservationSpecification', 'HibernationOptions', 'LicenseSpecifications']);
    refuse(input, ['MetadataOptions', 'EnclaveOptions', 'PrivateDnsNameOptions', 'MaintenanceOptions']);
    refuse(input, ['DisableApiStop', 'EnablePrimaryIpv6', 'NetworkPerformanceOptions', 'Operator', 'AdditionalInfo']);
    refuse(input, ['SecondaryInterfaces', 'DisableApiTermination', 'InstanceInitiatedShutdownBehavior']);
    refuse(input, ['IamInstanceProfile']);
    if (input.Monitoring?.Enabled === true) refuse(input, ['Monitoring']);
    if (input.EbsOptimized === true) refuse(input, ['EbsOptimized']);
    checkPlacement(input.Placement ?? {});
    const launched = (id: string) => [...call.state.ec2.instances.values()].filter((row) => row.reservationId === id);
    const { rows } = oncePerToken(
      call,
      'RunInstances',
      input,
      (id) => {
        const rows = launched(id);
        return rows.length === 0 ? undefined : { id, rows };
      },
      () => {
        const rows = launch(call, input);
        return { id: rows[0]?.reservationId ?? '', rows };
      },
    );
    return reservationViews(call, rows)[0] ?? {};
  },
});
