// Everything on both clouds, on this machine only: `npm run tour` in the project's root runs it.
//   node examples/tour/run.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { detail, heading, isFull, minutes, SPEED, show, startCalls } from '../show.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

const started = Date.now();
await show(
  'tour',
  async ({ folder, command, start }) => {
    heading('A simulated AWS and a simulated Alibaba Cloud, on this machine');
    const simulator = await start();
    console.log(`${simulator.url}, where a minute takes ${60 / SPEED} seconds`);
    if (!isFull)
      console.log('Each command is shown with a part of what it prints: `npm run tour -- --full` shows all.');

    heading('A network in each, built with their own SDKs (network.mjs, network-alibaba.mjs)');
    const [inAws, inAlibaba, moving, upgrading, wrongOrder] = await Promise.all([
      import('../quickstart/network.mjs'),
      import('./network-alibaba.mjs'),
      import('./move.mjs'),
      import('./upgrade.mjs'),
      import('./wrong-order.mjs'),
    ]);
    const aws = inAws.clients({
      endpoint: simulator.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'quickstart', secretAccessKey: 'quickstart' },
    });
    const alibaba = inAlibaba.client({
      endpoint: simulator.url,
      region: 'cn-hangzhou',
      accessKeyId: 'quickstart',
      accessKeySecret: 'quickstart',
    });
    const tell = (kind, id, what) => detail(`${kind.padEnd(15)} ${id.padEnd(33)} ${what}`);
    const eu = await inAws.buildNetwork(aws, tell);
    detail();
    const cn = await inAlibaba.buildNetwork(alibaba, tell);

    heading('Two private integrations, as postern.yaml declares them');
    const ids = { ORDERS_API: eu.api, ORDERS_GROUP: cn.group, ORDERS_BALANCER: cn.balancer };
    const spec = readFileSync(path.join(here, 'postern.yaml'), 'utf8').replaceAll(
      /\$\{env:(\w+)\}/g,
      (_, name) => ids[name],
    );
    writeFileSync(path.join(folder, 'postern.yaml'), spec);
    detail(spec.replace(/^#.*\n/, '').trimEnd());
    console.log('examples/tour/postern.yaml: a link and the routes of an API on each cloud');
    const env = { POSTERN_SIMULATOR: simulator.url };

    heading('Check before anything is created');
    await command(['check'], env);

    heading('Applied on both clouds');
    await command(['apply', '--yes', '--allow-purchase'], env);

    heading('The links');
    await command(['links'], env);
    detail();
    await command(['links', '--uses'], env);

    heading('Where calls come from');
    await command(['egress', 'eu'], env);
    detail();
    await command(['egress', 'cn'], env);

    heading('What the links may reach');
    await command(['allow', 'eu', '--list'], env);
    await command(['allow', 'cn', '--list', '--resources'], env);

    heading('Applied again: no changes');
    await command(['apply', '--yes'], env);

    heading('Another subnet: a new link, while the API is called');
    const api = `${eu.api}.execute-api.eu-west-1.amazonaws.com`;
    const changed = 'changed.yaml';
    writeFileSync(path.join(folder, changed), spec.replace('quickstart-private-b', 'quickstart-private-c'));
    const replaced = await startCalls(simulator.url, api, ['/orders/1', '/orders/2']);
    await command(['apply', changed, '--yes'], env);
    const { lost: lostInOrder, calls: made, delivered } = await replaced({ after: 1 });
    if (lostInOrder > 0 || delivered < made) throw new Error('a replacement must not lose a call');

    heading('The same in the wrong order: deleted by a script, then created');
    const recreated = await startCalls(simulator.url, api, ['/orders/1', '/orders/2']);
    await wrongOrder.deleteFirst(aws, eu.api);
    console.log('GetVpcLinks: the old link is gone');
    await command(['apply', '--yes'], env, { only: /^Done/ });
    const wrong = await recreated({ after: 1 });
    if (wrong.delivered === wrong.calls) throw new Error('the wrong order must lose calls');

    heading('An API group on a conventional dedicated instance (move.mjs)');
    const legacy = await moving.buildGroup(alibaba, cn, tell);
    const to = await moving.instanceOf(alibaba, cn.group);
    const validate = ['migrate', 'validate', '--provider', 'alibaba', '--region', 'cn-hangzhou'];
    validate.push('--group', legacy.group, '--to', to);

    heading('Can it move to the instance that was bought above?');
    await command(validate, env, { ends: 3 });

    heading('Only half of the remedies are applied, and the official client moves it');
    await command(['allow', to, `${legacy.outside}/32`, '--yes'], env);
    const group = `${legacy.group}-cn-hangzhou.alicloudapi.com`;
    const startGroupCalls = () => startCalls(simulator.url, group, ['/stock', '/prices']);
    const early = await startGroupCalls();
    console.log(
      `ModifyApiGroupInstance: ${await moving.move(alibaba, legacy.group, to)}, because the service does not check security groups`,
    );
    const lostEarly = await early({ after: 12 });
    if (lostEarly.lost === 0) throw new Error('a move to an instance that security groups block must lose calls');
    console.log(`ModifyApiGroupInstance: ${await moving.move(alibaba, legacy.group, legacy.from)}, back`);
    await minutes(11); // callers that still know the other address

    heading('The move by Postern, while the group is called: refused at first');
    const moved = await startGroupCalls();
    const run = ['migrate', 'run', '--region', 'cn-hangzhou', '--group', legacy.group, '--to', to];
    run.push('--pause', '30s', '--drain', '10m', '--yes');
    await command(run, env, { ends: 3 });

    heading('Postern may add rules to the security group of the servers');
    await command([...run, '--manage', legacy.guard], env);

    heading('Rolled back');
    await command(['migrate', 'rollback', '--yes'], env);

    heading('Run again, and finished after the drain');
    await command([...run, '--manage', legacy.guard], env, { only: /^Moved/ });
    await command(['migrate', 'finish', '--wait', '--yes'], env, { only: /^Finished/ });
    const ready = await moved({ after: 1 });
    if (ready.lost > 0 || ready.delivered < ready.calls) throw new Error('the move must not lose a call');
    if ((await moving.instanceOf(alibaba, legacy.group)) !== to) throw new Error('the group is on another instance');
    await moving.removeGroup(alibaba, legacy);

    heading('A REST API with a VPC link V1 (upgrade.mjs)');
    const old = await upgrading.buildRestApi(aws, eu, tell);
    await minutes(0.5); // until its stage serves calls

    heading('It moves to the VPC link V2 and the load balancer of the HTTP API: a tenth of the calls first');
    const rest = `${old.restApi}.execute-api.eu-west-1.amazonaws.com`;
    const upgraded = await startCalls(simulator.url, rest, ['/prod/orders']);
    const upgrade = ['migrate', 'run', '--region', 'eu-west-1', '--rest-api', old.restApi, '--stage', 'prod'];
    upgrade.push('--to', 'eu', '--target-balancer', 'quickstart-orders', '--canary', '10%');
    await command([...upgrade, '--pause', '1m', '--drain', '2m', '--finish', '--yes'], env);
    const onV2 = await upgraded({ after: 1 });
    if (onV2.lost > 0 || onV2.delivered < onV2.calls) throw new Error('an upgrade must not lose a call');
    await upgrading.removeRestApi(aws, old);

    heading('Destroyed');
    await command(['destroy', '--yes', '--delete-instances'], env);

    heading('What is left');
    await command(['links'], env);
    const { Items: routes = [] } = await aws.gateway.getRoutes({ ApiId: eu.api });
    const { Items: integrations = [] } = await aws.gateway.getIntegrations({ ApiId: eu.api });
    const { SecurityGroups: groups = [] } = await aws.ec2.describeSecurityGroups({
      Filters: [{ Name: 'tag:postern:project', Values: ['quickstart'] }],
    });
    console.log(
      `API ${eu.api}: ${routes.length} routes, ${integrations.length} integrations. Security groups of this project: ${groups.length}.`,
    );
    const { TotalCount: apis } = await alibaba('cloudapi', 'DescribeApis', { GroupId: cn.group });
    const { TotalCount: authorizations } = await alibaba('cloudapi', 'DescribeVpcAccesses');
    const { TotalCount: instances } = await alibaba('cloudapi', 'DescribeInstances');
    console.log(
      `API group ${cn.group}: ${apis} APIs. Authorizations: ${authorizations}. Instances: ${instances}, the shared one.`,
    );
    if (routes.length + integrations.length + groups.length + apis + authorizations + instances > 1)
      throw new Error('destroy left something behind');
    await Promise.all([inAws.removeNetwork(aws, eu), inAlibaba.removeNetwork(alibaba, cn)]);
    console.log(
      `The networks are removed, too. That took ${((Date.now() - started) / 1000).toFixed(0)} s and no cloud account.`,
    );
    console.log("\nNext: 'node packages/cli/dist/bin.js --help', README.md, docs/concepts.md.");
  },
  { isShort: true },
);
