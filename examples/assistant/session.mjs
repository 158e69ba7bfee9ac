// What an assistant does with `postern mcp`: it reviews a change, asks what if, plans, and is refused without a confirmation.
// What differs from run to run is left out or replaced: times, addresses of the simulator, digests and random digits.

/** @see session.d.mts */
export async function session({ silent, asking, asked }, print) {
  const heading = (text) => print(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length))}`);
  const call = async (client, name, given = {}) => {
    print(`\n> ${name} ${stable(JSON.stringify(given))}`);
    const { structuredContent = {}, content, isError } = await client.callTool({ name, arguments: given });
    if (isError) print(indented(content.at(-1).text));
    return structuredContent;
  };
  const show = (value) => print(indented(JSON.stringify(value, undefined, 2)));

  heading('The tools that the server offers');
  for (const { name, annotations } of (await silent.listTools()).tools)
    print(`${name.padEnd(10)} ${annotations.readOnlyHint ? 'reads' : 'changes what a confirmed plan shows'}`);

  heading('Review a change: a prompt that a person starts');
  const change = 'Tidy up: remove the inbound rule for tcp 8080 of the security group orders.';
  const prompt = await silent.getPrompt({ name: 'review-change', arguments: { change } });
  print(prompt.messages[0].content.text);

  heading('Do calls reach the backend with the spec as it is?');
  const { verdict, counts } = await call(silent, 'check', { only: ['orders'] });
  show({ verdict, errors: counts.errors, unknown: counts.unknown });

  heading('What if the change is made?');
  const group = 'sg-6c69acb743e1597e1';
  const tidied = { change: 'remove_rule', group, rule: 'in tcp 8080 from sg-eedf931ef7c53ef4c' };
  const { integrations, breaks } = await call(silent, 'what_if', { changes: [tidied] });
  show({ integrations, breaks: breaks.findings.map(({ check, message, remedy }) => ({ check, message, remedy })) });

  heading('What if the rule is replaced by one that names the subnets of the load balancer?');
  const opened = ['10.20.1.0/24', '10.20.2.0/24'].map((cidr) => ({
    change: 'open_port',
    group,
    direction: 'in',
    port: 8080,
    cidr,
  }));
  const { after, repairs } = await call(silent, 'what_if', { changes: [tidied, ...opened] });
  show({ after, repairs: repairs.findings.length });

  heading('Plan');
  const { plan, digest, steps, deletions } = await call(silent, 'plan');
  show({ plan: stable(plan), digest: stable(digest), steps: steps.map(({ step }) => step), deletions });

  heading('Apply, from a client that cannot ask a person');
  await call(silent, 'apply', { plan, digest });

  heading('Apply, from a client that asks: the person declines');
  const shown = await call(asking, 'plan');
  show(await call(asking, 'apply', { plan: shown.plan, digest: shown.digest }));
  print(`the question was:\n${indented(stable(asked.join('\n')))}`);

  heading('Was anything changed?');
  show(await call(asking, 'status'));
}

const indented = (text) => text.replace(/^/gm, '  ');

function stable(text) {
  return text
    .replaceAll(/\b[0-9a-f]{16}-[0-9a-f]{32}\b/g, '<id>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '<address>');
}
