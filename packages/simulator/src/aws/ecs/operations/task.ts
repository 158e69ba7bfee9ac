import { invalidParameter, family, listed } from '../request.js';
import { arnOf, described, getCluster, getTask, nameOf, tasksOf } from '../find.js';
import { stopTask } from '../task/task-life.js';
import { taskView } from '../task/task-view.js';

/** Tasks: those of services, and single ones. */
export const taskOperations = family({
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
