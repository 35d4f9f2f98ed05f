"""A sound system without a sound card: a private PulseAudio with a microphone one can speak into.

Whoever runs the tests hears nothing of them and is not listened to: the server has its own folder, and this
process is told to know no other. What is played into the `room` comes out of the microphone "FieldMic";
what the program plays goes to the `speaker`, where an `Ear` listens.

`rig` (one per process) and `microphone` (plugged in, and awake, for one test) are the fixtures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

RATE = 48_000
MICROPHONE = "FieldMic"
TOOLS = ("pulseaudio", "pactl", "pacat", "espeak-ng")
PATIENCE_S = 20

Samples = np.ndarray[tuple[int], np.dtype[np.int16]]


class Rig:
    """The server, its microphone and its speaker. `environment` is what programs need to find it."""

    def __init__(self, folder: Path) -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing:
            raise RuntimeError(f"missing here: {', '.join(missing)} (`./dev setup` installs them)")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._log = folder / "pulse.log"
        self._mic = ""
        self._awake: list[subprocess.Popen[bytes]] = []
        door = folder / "sound"
        self.environment = {
            "PULSE_SERVER": f"unix:{door}",
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
        }
        self._server = _follow(
            ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
            + ["--disable-shm=yes", f"--log-target=file:{self._log}"]
            + ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={door}"]
            + ["-L", f"module-null-sink sink_name=speaker rate={RATE} channels=2"]
            + ["-L", f"module-null-sink sink_name=room rate={RATE} channels=1 channel_map=mono"],
            {**os.environ, **self.environment, "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)},
        )
        self._until(door.exists, "the sound server did not start")
        self.control("set-default-sink", "speaker")

    # The microphone

    def plug(self, rate: int = RATE, channels: int = 1) -> None:
        """The microphone is there, with a rate and channels of its own."""
        if self._mic:
            return
        shape = f"rate={rate} channels={channels} channel_map={'mono' if channels == 1 else 'stereo'}"
        self._mic = self.control(
            "load-module",
            "module-remap-source",
            *f"source_name=mic master=room.monitor remix=yes {shape}".split(),
            f"source_properties=device.description={MICROPHONE}",
        )
        self.control("set-default-source", "mic")

    def unplug(self) -> None:
        """The microphone is pulled out. The server moves who listens to it to the next best source, as it
        does everywhere: to another microphone, or else to what is played."""
        if not self._mic:
            return
        self.control("unload-module", self._mic)
        self._mic = ""

    @contextmanager
    def another(self) -> Iterator[str]:
        """A second microphone, "Cabin", in a room of its own, into which can be played. Gives the room's name."""
        room = self.control(
            "load-module", "module-null-sink", "sink_name=cabin", "channels=1", "channel_map=mono"
        )
        second = self.control(
            "load-module",
            "module-remap-source",
            *["source_name=mic2", "master=cabin.monitor"],
            "source_properties=device.description=Cabin",
        )
        try:
            yield "cabin"
        finally:
            self.control("unload-module", second)
            self.control("unload-module", room)

    def listening(self) -> list[int]:
        """Numbers of the programs' streams that record from the microphone, or from what took its place."""
        found = json.loads(self.control("--format=json", "list", "source-outputs"))
        return [
            one["index"] for one in found if str(one["properties"].get("media.name", "")).startswith("Qtm")
        ]

    def freeze(self, seconds: float) -> None:
        """The device delivers nothing for a while, and then all at once."""
        self._server.send_signal(19)
        try:
            time.sleep(seconds)
        finally:
            self._server.send_signal(18)

    def control(self, *words: str) -> str:
        """What `pactl` answers. Raises RuntimeError with its complaint."""
        done = subprocess.run(
            ["pactl", *words],
            env=self._clients(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout.strip()

    # Being awake: a null sink that nobody uses delivers up to two seconds late

    def wake(self) -> None:
        """Keep both devices running as a sound card would."""
        if self._awake:
            return
        listen = ["pacat", "-r", "-d", "room.monitor", "--latency-msec=20", "--format=s16le"]
        play = ["pacat", "-p", "-d", "speaker", "--latency-msec=20", "--format=s16le"]
        with open(os.devnull, "wb") as sink, open("/dev/zero", "rb") as zero:
            self._awake = [
                _follow([*listen, f"--rate={RATE}", "--channels=1"], self._clients(), out=sink),
                _follow([*play, f"--rate={RATE}", "--channels=2"], self._clients(), given=zero),
            ]
        self._until(
            lambda: self._running("sinks", "speaker") and self._running("sources", "room.monitor"),
            "the sound devices sleep on",
        )

    def rest(self) -> None:
        """Let them sleep, which costs nothing."""
        for process in self._awake:
            _end(process)
        self._awake = []

    def _running(self, kind: str, name: str) -> bool:
        listed = self.control("list", "short", kind).splitlines()
        return any(line.split("\t")[1] == name and line.endswith("RUNNING") for line in listed)

    # Speaking and listening

    def play(self, samples: Samples, *, to: str = "room") -> None:
        """Play to the end: into the room where the microphone is, or to the speaker."""
        with self.playing(samples, to=to) as process:
            process.wait()

    @contextmanager
    def playing(self, samples: Samples, *, to: str = "room") -> Iterator[subprocess.Popen[bytes]]:
        """Sound in the background, cut off at the end of the block if it still goes on."""
        file = self.folder / f"playing-{time.monotonic_ns()}.wav"
        write_wav(file, samples)
        # Far ahead, so that a machine which is busy for a moment does not interrupt the speaker.
        process = _follow(["paplay", f"--device={to}", "--latency-msec=900", str(file)], self._clients())
        try:
            yield process
        finally:
            _end(process)
            file.unlink()

    def say(self, words: str, voice: str = "en") -> Samples:
        """Speak into the microphone, to the end. Returns what was said."""
        samples = speech(self.folder, words, voice)
        self.play(samples)
        return samples

    @contextmanager
    def heard(self, source: str = "speaker.monitor") -> Iterator[Ear]:
        """Listen to what the program plays, for as long as the block takes."""
        ear = Ear(self._clients(), source)
        try:
            yield ear
        finally:
            ear.close()

    # Below the surface

    def close(self) -> None:
        """Everything that was started here ends."""
        self.rest()
        _end(self._server)

    def _clients(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def _until(self, holds: object, what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not holds():  # type: ignore[operator]
            if time.monotonic() > end or self._server.poll() is not None:
                said = self._log.read_text(errors="replace")[-800:] if self._log.exists() else ""
                raise RuntimeError(f"{what}: {said}")
            time.sleep(0.01)


class Ear:
    """Everything that came out of the speaker since it began to listen."""

    def __init__(self, environment: dict[str, str], source: str) -> None:
        self._parts: list[bytes] = []
        self._more = threading.Condition()
        shape = [f"--rate={RATE}", "--channels=1", "--format=s16le"]
        self._process = _follow(
            ["pacat", "-r", "-d", source, "--latency-msec=20", *shape], environment, out=subprocess.PIPE
        )
        self._thread = threading.Thread(target=self._listen, name="ear")
        self._thread.start()
        self.wait(0.02)

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while part := os.read(stream.fileno(), 65536):
            with self._more:
                self._parts.append(part)
                self._more.notify_all()

    @property
    def seconds(self) -> float:
        """How long it has listened."""
        return sum(map(len, self._parts)) / 2 / RATE

    def wait(self, seconds: float) -> None:
        """Until this much was heard in all."""
        with self._more:
            if not self._more.wait_for(lambda: self.seconds >= seconds, PATIENCE_S + seconds):
                raise RuntimeError("the ear hears nothing")

    def samples(self) -> Samples:
        """What was heard so far, mono."""
        with self._more:
            data = b"".join(self._parts)
        return np.frombuffer(data[: len(data) // 2 * 2], "<i2")

    def close(self) -> None:
        _end(self._process)
        self._thread.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


# Sound to play


def speech(folder: Path, words: str, voice: str = "en") -> Samples:
    """What espeak-ng makes of the words, 48 kHz mono."""
    file = folder / f"speech-{time.monotonic_ns()}.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(file), words], check=True, capture_output=True)
    samples = read_wav(file)
    file.unlink()
    return samples


def read_wav(file: Path) -> Samples:
    """A mono WAV file at 48 kHz, whatever its own rate."""
    with wave.open(str(file), "rb") as stream:
        rate, count = stream.getframerate(), stream.getnframes()
        found = np.frombuffer(stream.readframes(count), "<i2")
    if rate == RATE:
        return found
    places = np.arange(round(len(found) * RATE / rate)) * (rate / RATE)
    return np.interp(places, np.arange(len(found)), found).astype(np.int16)


def write_wav(file: Path, samples: Samples, rate: int = RATE) -> None:
    """A mono WAV file."""
    with wave.open(str(file), "wb") as stream:
        stream.setparams((1, 2, rate, len(samples), "NONE", ""))
        stream.writeframes(samples.astype("<i2").tobytes())


def tone(seconds: float, hertz: float = 440, loud: float = 0.3) -> Samples:
    """A sine."""
    return (np.sin(np.arange(round(seconds * RATE)) * (2 * np.pi * hertz / RATE)) * loud * 32767).astype(
        np.int16
    )


def quiet(seconds: float) -> Samples:
    """Nothing."""
    return np.zeros(round(seconds * RATE), np.int16)


# Processes


def _follow(
    command: list[str], environment: dict[str, str], *, given: object = None, out: object = None
) -> subprocess.Popen[bytes]:
    """A process that ends with this one, even when this one is killed. It stands for a device or for the sound
    server, so it goes before programs where it may, as on a desktop; where it may not, `nice` starts it all the same.
    """
    tied = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
    return subprocess.Popen(
        [*tied, "nice", "-n", "-11", *command],
        env=environment,
        stdin=subprocess.DEVNULL if given is None else given,  # type: ignore[arg-type]
        stdout=subprocess.DEVNULL if out is None else out,  # type: ignore[arg-type]
        stderr=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# Fixtures: `from sound.rig import microphone, rig` in a conftest


_shared: list[Rig] = []
_users: list[int] = []


@pytest.fixture(scope="session")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """The sound system of this process, asleep and without a microphone. Qt looks for it only once.

    One for all folders of tests that ask for it: pytest would make one for each.
    """
    if not _shared:
        made = Rig(tmp_path_factory.mktemp("sound") / "rig")
        _shared.append(made)
        _before.update({name: os.environ.get(name) for name in made.environment})
        os.environ.update(made.environment)
    _users.append(1)
    try:
        yield _shared[0]
    finally:
        _users.pop()
        if not _users:
            _shared.pop().close()
            for name, value in _before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


_before: dict[str, str | None] = {}


@pytest.fixture
def microphone(rig: Rig) -> Iterator[Rig]:
    """The sound system awake, its microphone plugged in."""
    rig.plug()
    rig.wake()
    try:
        yield rig
    finally:
        rig.unplug()
        rig.rest()
