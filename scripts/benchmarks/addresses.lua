-- wrk asks for the addresses of a file in turn, each of its threads from a place of its own, pausing so long between two.
local addresses = {}
for line in io.lines(os.getenv("ADDRESSES")) do addresses[#addresses + 1] = line end

local threads = 0
function setup(thread)
  thread:set("first", threads * math.floor(#addresses / 2))
  threads = threads + 1
end

local asked = 0
function init() asked = first end

local pause = tonumber(os.getenv("PAUSE_MS"))
if pause > 0 then
  function delay() return math.random(pause / 2, pause * 3 / 2) end
end

-- Each question comes from a phone of its own, as behind a proxy: pages hold one back that asks too often.
function phone(number)
  return string.format("10.%d.%d.%d", number / 65536 % 256, number / 256 % 256, number % 256)
end

local sent = 0
function request()
  asked, sent = asked % #addresses + 1, sent + 1
  return wrk.format("GET", addresses[asked], {["X-Forwarded-For"] = phone(first * 1000 + sent)})
end

function done(_summary, latency)
  io.write(string.format("p50 %.3f ms\np95 %.3f ms\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
