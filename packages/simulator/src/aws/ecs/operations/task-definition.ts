import { clientError, invalidParameter, family, listed } from '../request.js';
import { arnOf, findTaskDefinition, nameOf, described, getCluster, getTask, tasksOf } from '../find.js';
import type { TaskDefinitionRow } from '../state.js';
import { mergedTags, tagList } from '../tags.js';
import { checkTaskDefinition, completeContainer, sizeOf } from '../task-definition.js';
import { MAX_PORT } from '../../../simulation/ports.js';
import { limited } from '../../operation/family.js';
import { stopTask } from '../task/task-life.js';
import { taskView } from '../task/task-view.js';

/** Task definitions, and tasks: those of services, and single ones. */
export const taskDefinitionOperations = family({
  /** Registers the next revision of a family. */
  RegisterTaskDefinition: {
    limits: {
      networkMode: { values: ['awsvpc', 'bridge', 'host', 'none'] },
      'requiresCompatibilities[]': { values: ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'] },
      'containerDefinitions[].portMappings[].protocol': { values: ['tcp', 'udp'] },
      'containerDefinitions[].portMappings[].containerPort': { range: [0, MAX_PORT] },
      'containerDefinitions[].portMappings[].hostPort': { range: [0, MAX_PORT] },
      tags: { length: [0, 50] },
    },
    run(call, input) {
      const cpu = sizeOf(input.cpu, /^vcpus?$/i, 'cpu');
      const memory = sizeOf(input.memory, /^gb$/i, 'memory');
      const compatibilities = checkTaskDefinition(input, { cpu, memory });
      const { containerDefinitions, tags, networkMode = 'bridge', ...further } = input;
      const revisions = [...call.state.ecs.taskDefinitions.values()].filter(
        (one) => one.fields.family === input.family,
      );
      const revision = (revisions.at(-1)?.fields.revision ?? 0) + 1;
      const arn = arnOf(call, 'task-definition', `${input.family}:${revision}`);
      const row: TaskDefinitionRow = {
        fields: {
          containerDefinitions: containerDefinitions.map((one) => completeContainer(one, networkMode)),
          volumes: [],
          placementConstraints: [],
          ...further,
          cpu,
          memory,
          networkMode,
          taskDefinitionArn: arn,
          revision,
          compatibilities,
          requiresAttributes: networkMode === 'awsvpc' ? [{ name: 'ecs.capability.task-eni' }] : [],
          registeredAt: new Date(call.now),
          registeredBy: call.caller.arn,
          status: 'ACTIVE',
        },
        tags: mergedTags({}, tags),
      };
      call.state.ecs.taskDefinitions.set(`${row.fields.family}:${revision}`, row);
      return { taskDefinition: row.fields, tags: tagList(row.tags) };
    },
  },

  /** A revision. @throws {ServiceError} `ClientException` */
  DescribeTaskDefinition: limited({ 'include[]': { values: ['TAGS'] } }, ({ state }, input) => {
    const row = findTaskDefinition(state, input.taskDefinition);
    if (row === undefined) throw clientError('Unable to describe task definition.');

    return { taskDefinition: row.fields, tags: input.include?.includes('TAGS') ? tagList(row.tags) : [] };
  }),

  /** Makes a revision inactive: running services keep it, new ones cannot use it. */
  DeregisterTaskDefinition(call, { taskDefinition: name }) {
    if (!nameOf(name).includes(':')) throw clientError('Revision is missing'); // [U]

    const row = findTaskDefinition(call.state, name);
    if (row === undefined) throw invalidParameter('The specified task definition does not exist.'); // [U]

    row.fields = { ...row.fields, deregisteredAt: row.fields.deregisteredAt ?? new Date(call.now), status: 'INACTIVE' };
    return { taskDefinition: row.fields };
  },

  /** Stops a task. Its service, if it has one, starts another. */
  StopTask(call, input) {
    const cluster = getCluster(call.state, input.cluster);
    const row = getTask(call.state, cluster, input.task);
    stopTask(call, row, 'UserInitiated', input.reason ?? 'Task stopped by a user');
    return { task: taskView(call, row, false) };
  },

  /** Tasks by ID or ARN; stopped ones for an hour. */
  DescribeTasks: {
    limits: { 'include[]': { values: ['TAGS'] } },
    run(call, { cluster: clusterName, tasks, include = [] }) {
      const cluster = getCluster(call.state, clusterName);
      if (tasks.length === 0) throw invalidParameter('Tasks cannot be empty.');
      if (tasks.length > 100) throw invalidParameter('Tasks can have at most 100 items.'); // [U]

      const { rows, failures } = described(
        tasks,
        (name) => {
          const row = call.state.ecs.tasks.get(nameOf(name));
          return row?.cluster === cluster.fields.clusterName ? row : undefined;
        },
        (name) => arnOf(call, 'task', `${cluster.fields.clusterName}/${nameOf(name)}`),
      );
      return { tasks: rows.map((row) => taskView(call, row, include.includes('TAGS'))), failures };
    },
  },

  /** ARNs of tasks, by default of those that are to run. */
  ListTasks: {
    limits: {
      desiredStatus: { values: ['PENDING', 'RUNNING', 'STOPPED'] },
      launchType: { values: ['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'] },
    },
    run(call, input, name) {
      const cluster = getCluster(call.state, input.cluster);
      const { serviceName, family: familyName, startedBy, desiredStatus = 'RUNNING', launchType } = input;
      const rows = tasksOf(call.state, cluster.fields.clusterName).filter(
        (row) =>
          row.fields.desiredStatus === desiredStatus &&
          (launchType === undefined || launchType === (row.instanceId === undefined ? 'FARGATE' : 'EC2')) &&
          input.containerInstance === undefined &&
          (serviceName === undefined || row.fields.group === `service:${nameOf(serviceName)}`) &&
          (startedBy === undefined || row.fields.startedBy === startedBy) &&
          (familyName === undefined || nameOf(row.source.taskDefinition).startsWith(`${familyName}:`)),
      );
      const arns = rows.map(({ fields }) => fields.taskArn);
      return listed('taskArns', name, arns, input);
    },
  },
});
