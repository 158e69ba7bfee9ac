// An API group leaves the API Gateway that ends, on this machine only, while it is called.
//   node examples/handover/run.mjs
import { detail, heading, isFull, minutes, SPEED, show, startCalls } from '../show.mjs';

await show(
  'handover',
  async ({ command, start }) => {
    heading('A simulated Alibaba Cloud, on this machine');
    const simulator = await start();
    console.log(`${simulator.url}, where a minute takes ${60 / SPEED} seconds`);
    if (!isFull)
      console.log('Each command is shown with a part of what it prints: `npm run handover -- --full` shows all.');
    const env = { POSTERN_SIMULATOR: simulator.url };

    heading('A network and a shop in it (../tour/network-alibaba.mjs, shop.mjs)');
    const { buildNetwork, client } = await import('../tour/network-alibaba.mjs');
    const { buildShop, HOST, mend, setOnline } = await import('./shop.mjs');
    const call = client({
      endpoint: simulator.url,
      region: 'cn-hangzhou',
      accessKeyId: 'example',
      accessKeySecret: 'example',
    });
    const tell = (kind, id, what) => detail(`${kind.padEnd(15)} ${id.padEnd(33)} ${what}`);
    const network = await buildNetwork(call, tell);
    const shop = await buildShop(call, network, tell);

    heading('What becomes of it? Refused: an authorization is missing, a check is not kept, a fact is not known');
    const group = [shop.group, '--region', 'cn-hangzhou', '--stage', 'RELEASE'];
    await command(['handover', 'assess', ...group], env, { ends: 3 });

    heading('Mended: the missing authorization is made, its API is published, and what is given up has a reason');
    await mend(call, shop);
    const waived = ['--waive', 'group/own-domain=no caller uses these names, by the access log'];
    waived.push('--waive', 'api/nonce:orders=the backend is idempotent');
    await command(['handover', 'assess', ...group, ...waived], env);

    heading('The plan: a gateway that is bought, one route for each API, and the record');
    const [vSwitch] = network.subnets;
    const target = ['--vswitch', vSwitch, '-o', 'handover.json'];
    await command(['handover', 'plan', ...group, ...waived, ...target], env);

    heading('Built and published; the group and DNS are as they were');
    const paths = ['/stock', '/prices', '/baskets/7', '/files/a.txt'];
    // A resolver that keeps an answer as long as its TTL, and one that ignores TTLs.
    const office = await startCalls(simulator.url, HOST, paths, { 'x-postern-resolver': 'office' });
    await command(['handover', 'run', 'handover.json', '--yes', '--allow-purchase'], env);

    heading('Proven: each route is called on both sides, with and without signatures');
    await command(
      [
        'handover',
        'prove',
        'handover.json',
        '--call',
        'basket=/baskets/7',
        '--call',
        'files=/files/a.txt',
        '-o',
        'proof.json',
      ],
      env,
    );

    heading('Switched: 1, 10, 50, 100 %');
    const toTarget = ['handover', 'switch', 'handover.json', '--proof', 'proof.json', '--witness', 'calls'];
    await command([...toTarget, '--yes'], env);
    await command(['handover', 'status', 'handover.json'], env);
    const switched = await office({ after: 1 });
    if (switched.delivered < switched.calls) throw new Error('a switch must not lose a call');

    heading('The same without the drain: the group goes offline at once');
    await command(['handover', 'rollback', 'handover.json', '--yes'], env, { only: /^Rolled back/ });
    // A caller that keeps its connection for a day.
    const app = await startCalls(simulator.url, HOST, paths, { 'x-postern-resolver': 'app; keeps=86400' });
    await minutes(1);
    await command([...toTarget, '--yes'], env, { only: /^Switched/ });
    await setOnline(call, shop, false);
    console.log('AbolishApi: the APIs of the group are offline, while a caller still keeps its connection');
    const early = await app({ after: 5 });
    if (early.delivered === early.calls) throw new Error('a group that goes offline before the drain must lose calls');
    await setOnline(call, shop, true);

    heading('Finished after the drain, which the longest connection of a caller decides: two hours, or five minutes');
    const ready = await startCalls(simulator.url, HOST, paths, { 'x-postern-resolver': 'office' });
    const finish = ['handover', 'finish', 'handover.json', '--keep-alive'];
    await command([...finish, '2h'], env, { ends: 75, only: /drain ends|^Left/ });
    await minutes(10);
    await command([...finish, '5m'], env);
    const removed = ['--delete-apis', '--delete-domains', '--delete-group', '--delete-records'];
    await command([...finish, '5m', ...removed, '--yes'], env, { only: /^delete .*done|^Left|^  removed  / });
    const finished = await ready({ after: 1 });
    if (finished.delivered < finished.calls) throw new Error('the end of a hand-over must not lose a call');
  },
  { isShort: true },
);
