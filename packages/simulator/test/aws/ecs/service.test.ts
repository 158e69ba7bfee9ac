import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { addressOf, DRAINED_MS, HEALTHY_MS, newAccount } from './account.js';

describe('a service', () => {
  it('starts tasks with interfaces in its subnets, which become healthy targets at the container port', async () => {
    const account = await newAccount();
    const { service } = account.ecs('CreateService', account.input());
    expect(service).toMatchObject({ status: 'ACTIVE', desiredCount: 2, runningCount: 0, launchType: 'FARGATE' });
    expect(service.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }]);
    await account.advance(1);
    expect(account.tasks()).toMatchObject([{ lastStatus: 'PROVISIONING' }, { lastStatus: 'PROVISIONING' }]);
    await account.advance(15_000);
    expect(account.tasks().map(({ lastStatus }) => lastStatus)).toEqual(['PENDING', 'PENDING']);
    await account.advance(HEALTHY_MS);
    const tasks = account.tasks();
    expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
    const addresses = tasks.map(addressOf).sort();
    expect(account.addresses().sort()).toEqual(addresses);
    expect(account.targets().map(({ id }) => id).sort()).toEqual(addresses); // prettier-ignore
    expect(account.targets()).toMatchObject([
      { port: 8080, state: 'healthy' },
      { port: 8080, state: 'healthy' },
    ]);
    const zones = new Set(tasks.map(({ availabilityZone }) => availabilityZone));
    expect(zones.size).toBe(2);
    const eni = account.interfaces().find(({ PrivateIpAddress }) => PrivateIpAddress === addresses[0]);
    expect(eni).toMatchObject({ Status: 'in-use', RequesterManaged: true, Groups: [{ GroupId: account.groupId }] });
    expect(account.describe()).toMatchObject({
      runningCount: 2,
      pendingCount: 0,
      deployments: [{ rolloutState: 'COMPLETED', runningCount: 2, failedTasks: 0 }],
    });
    expect(account.events()[0]).toBe('(service orders) has reached a steady state.');
  });

  it('has new tasks healthy before those of the old deployment drain and stop', async () => {
    const account = await newAccount();
    account.ecs('CreateService', account.input());
    await account.advance(HEALTHY_MS);
    const before = account.tasks().map(addressOf).sort();
    account.update({ forceNewDeployment: true });
    let least = 2;
    for (let at = 0; at < HEALTHY_MS; at += 5_000) {
      await account.advance(5_000);
      least = Math.min(least, account.targets().filter(({ state }) => state === 'healthy').length); // prettier-ignore
    }
    expect(least).toBe(2);
    const drained = account.targets().filter(({ state }) => state === 'draining');
    expect(drained.map(({ id }) => id).sort()).toEqual(before);
    expect(account.describe()['deployments']).toMatchObject([
      { status: 'PRIMARY', runningCount: 2, rolloutState: 'IN_PROGRESS' },
      { status: 'ACTIVE', desiredCount: 0 },
    ]);
    expect(account.tasks('STOPPED')).toMatchObject([{ lastStatus: 'DEACTIVATING' }, { lastStatus: 'DEACTIVATING' }]);
    await account.advance(DRAINED_MS);
    expect(account.describe()['deployments']).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED' }]);
    expect(account.tasks('STOPPED')).toMatchObject([{ lastStatus: 'STOPPED' }, { lastStatus: 'STOPPED' }]);
    expect(account.tasks('STOPPED')[0]?.['stoppedReason']).toMatch(/^Scaling activity initiated by \(deployment ecs-svc\/\d{19}\)$/); // prettier-ignore
    expect(account.targets().map(({ state }) => state)).toEqual(['healthy', 'healthy']);
    expect(account.addresses()).toHaveLength(2);
    expect(account.addresses().some((address) => before.includes(address))).toBe(false);
  });

  it('follows its desired count, down to none', async () => {
    const account = await newAccount();
    account.ecs('CreateService', account.input());
    await account.advance(HEALTHY_MS);
    for (const desiredCount of [3, 1, 0]) {
      account.update({ desiredCount });
      await account.advance(HEALTHY_MS + DRAINED_MS);
      expect(account.tasks()).toHaveLength(desiredCount);
      expect(account.targets()).toHaveLength(desiredCount);
      expect(account.addresses()).toHaveLength(desiredCount);
      expect(account.describe()).toMatchObject({ runningCount: desiredCount, deployments: [{ status: 'PRIMARY' }] });
    }
  });
});

answers('a service', newAccount)`
  is deleted when its last task has stopped, and its cluster only then
    input = input
    CreateService $input
    advance ${HEALTHY_MS}
    DeleteService {cluster: shop, service: orders} !InvalidParameterException: The service cannot be stopped while it is scaled above 0.
    DeleteService {cluster: shop, service: orders, force: true}
    describe -> {status: DRAINING}
    UpdateService {cluster: shop, service: orders} !ServiceNotActiveException
    DeleteCluster {cluster: shop} !ClusterContainsServicesException
    advance ${DRAINED_MS}
    describe -> {status: INACTIVE}
    ListServices {cluster: shop} -> {serviceArns: []}
    targets == []
    addresses == []
    DeleteCluster {cluster: shop}
    DescribeClusters {clusters: [shop]} -> {clusters: [{status: INACTIVE}]}
    ListClusters -> {clusterArns: []}
  has as many tasks of a capacity provider as its base, before weights count
    PutClusterCapacityProviders {cluster: shop, capacityProviders: [FARGATE, FARGATE_SPOT],
      defaultCapacityProviderStrategy: [{capacityProvider: FARGATE, base: 1, weight: 0}, {capacityProvider: FARGATE_SPOT,
      weight: 1}]}
    input = input {launchType: absent, desiredCount: 3}
    CreateService $input
    advance ${HEALTHY_MS}
    tasks -> {capacityProviderName: [FARGATE, FARGATE_SPOT, FARGATE_SPOT]}
  replaces a task that is stopped
    input = input
    CreateService $input
    advance ${HEALTHY_MS}
    tasks
    StopTask {cluster: shop, task: $taskArn, reason: trial}
    advance ${HEALTHY_MS + DRAINED_MS}
    tasks -> {length: 2}
    tasks STOPPED -> [{stopCode: UserInitiated, stoppedReason: trial}]
    # A stopped task is described for an hour.
    advance 3600000
    tasks STOPPED == []
    DescribeTasks {cluster: shop, tasks: [$taskArn]} -> {tasks: [], failures: [{arn: $taskArn, reason: MISSING}]}
`;
