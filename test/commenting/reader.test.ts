import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subnetOf } from '../../server/commenting/reader.ts'

test('neighbours share a network: 24 bits of IPv4, 64 of IPv6, however the address is written', () => {
  for (const [address, network] of [
    ['192.0.2.17', '192.0.2'],
    ['::ffff:192.0.2.17', '192.0.2'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ] as const) {
    assert.equal(subnetOf(address), network, address)
  }
})
