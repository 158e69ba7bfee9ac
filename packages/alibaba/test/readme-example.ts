import { alibaba } from '@postern/alibaba';
import { createContext } from '@postern/core';

const driver = alibaba({ region: 'cn-hangzhou' });
const ctx = createContext();
const { links, gaps } = await driver.observe({ all: true }, ctx);
for (const link of links) {
  const { prefixes } = await driver.egress(link, ctx);
  console.log(`${link.name} is ${link.state}; its calls come from ${prefixes.join(', ')}`);
}
for (const gap of gaps) console.log(`not read: ${gap.what}; allow ${gap.permission}`);
