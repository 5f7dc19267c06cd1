/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * relay - a wire with a length.
 *
 *     relay INTERFACE_A INTERFACE_B DELAY_AB_MICROSECONDS DELAY_BA_MICROSECONDS
 *
 * Copies every Ethernet frame that arrives at interface A to interface B and the other way round, each frame a
 * fixed time after its arrival. The delay of each direction is set on its own, because the subject of the tests
 * is what unequal directions do to a clock. It exists because the kernels these tests run on often have no netem.
 *
 * The time of arrival is taken from the kernel's receive timestamp and not from the moment this process gets to
 * run, so that a busy machine makes a frame late only if the process is late by more than the whole delay.
 *
 * Commands, one a line, on standard input:
 *
 *     open ab|ba             carry the frames of this direction (the state at the start)
 *     shut ab|ba             lose the frames of this direction, silently: both interfaces keep their carrier
 *     delay ab|ba MICROSECONDS   change the delay of the frames that arrive from now on
 *
 * Each is answered by one line on standard output: "ok", or "error: " and the reason. The end of standard input
 * ends the process: whoever started it is gone. Before the first command, "ready" is printed once the relay carries
 * frames. An interface that goes down loses its frames and the relay waits for it to come back.
 *
 * Exit status: 0 after the end of standard input or SIGTERM, 1 if an interface can't be used, 2 for wrong arguments.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

enum {
    /** Frames on their way in one direction: 2048 are 5 ms at 400 000 frames a second. A power of two. */
    FRAMES_ON_THE_WAY = 2048,
    /** The largest frame: an MTU of 1600 with Ethernet header, a VLAN tag and room to spare. */
    LARGEST_FRAME = 2048,
    /** Frames taken from one socket before the other direction gets its turn. */
    FRAMES_IN_A_TURN = 64,
    RECEIVE_BUFFER_BYTES = 8 << 20,
    NANOSECONDS_IN_A_MICROSECOND = 1000,
    LONGEST_WAIT_NANOSECONDS = 500 * 1000 * 1000
};

static const int64_t NANOSECONDS_IN_A_SECOND = 1000000000;
static const int64_t LONGEST_DELAY_MICROSECONDS = 10 * 1000 * 1000;

/** A frame on its way. */
struct frame {
    /** When it leaves, in nanoseconds of CLOCK_REALTIME, which is the clock of the kernel's receive timestamps. */
    int64_t departure;
    size_t length;
    unsigned char bytes[LARGEST_FRAME];
};

/** One direction of the wire: a queue between two sockets. `first` and `next` only ever grow. */
struct direction {
    const char *name;
    int from;
    int to;
    int64_t delay;
    bool open;
    struct frame *frames;
    uint32_t first;
    uint32_t next;
};

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * NANOSECONDS_IN_A_SECOND + time.tv_nsec;
}

static struct frame *frame_at(const struct direction *direction, uint32_t position)
{
    return &direction->frames[position % FRAMES_ON_THE_WAY];
}

static bool is_empty(const struct direction *direction)
{
    return direction->first == direction->next;
}

static bool is_full(const struct direction *direction)
{
    return direction->next - direction->first == FRAMES_ON_THE_WAY;
}

/** Parses a delay in microseconds into nanoseconds. Returns -1 if the text is no such number. */
static int64_t parse_delay(const char *text)
{
    char *end;
    long long microseconds;

    errno = 0;
    microseconds = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || microseconds < 0 || microseconds > LONGEST_DELAY_MICROSECONDS) {
        return -1;
    }
    return microseconds * NANOSECONDS_IN_A_MICROSECOND;
}

/** Opens a socket that sees every frame which arrives at an interface, and none that leaves by it. */
static int open_interface(const char *name)
{
    const int on = 1;
    const int buffer = RECEIVE_BUFFER_BYTES;
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET,
        .sll_protocol = htons(ETH_P_ALL),
        .sll_ifindex = (int) if_nametoindex(name)
    };
    struct packet_mreq promiscuous = { .mr_ifindex = address.sll_ifindex, .mr_type = PACKET_MR_PROMISC };
    /* Protocol 0: nothing arrives before the socket is bound to its interface. */
    int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (address.sll_ifindex == 0 || descriptor < 0
        || setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) != 0
        || setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0
        || setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous) != 0
        || bind(descriptor, (struct sockaddr *) &address, sizeof address) != 0) {
        fprintf(stderr, "relay: interface %s: %s\n", name, strerror(errno));
        exit(EXIT_FAILURE);
    }
    /* Without the privilege for the large buffer the ordinary one does too. */
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) != 0) {
        (void) setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    }
    return descriptor;
}

static struct direction new_direction(const char *name, int from, int to, int64_t delay)
{
    struct direction direction = { .name = name, .from = from, .to = to, .delay = delay, .open = true };

    direction.frames = calloc(FRAMES_ON_THE_WAY, sizeof *direction.frames);
    if (direction.frames == NULL) {
        perror("relay");
        exit(EXIT_FAILURE);
    }
    return direction;
}

/** Returns the kernel's time of arrival of a received message, or the present if it has none. */
static int64_t arrival(struct msghdr *message)
{
    struct cmsghdr *control;

    for (control = CMSG_FIRSTHDR(message); control != NULL; control = CMSG_NXTHDR(message, control)) {
        if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec time;

            memcpy(&time, CMSG_DATA(control), sizeof time);
            return time.tv_sec * NANOSECONDS_IN_A_SECOND + time.tv_nsec;
        }
    }
    return now();
}

/** Takes the frames that wait at a direction's entrance. A frame too many is lost, as on a link without credit. */
static void receive(struct direction *direction)
{
    static struct frame lost;
    int turn;

    for (turn = 0; turn < FRAMES_IN_A_TURN; turn++) {
        bool carried = direction->open && !is_full(direction);
        struct frame *frame = carried ? frame_at(direction, direction->next) : &lost;
        union {
            char bytes[CMSG_SPACE(sizeof(struct timespec))];
            struct cmsghdr alignment;
        } control;
        struct iovec data = { .iov_base = frame->bytes, .iov_len = sizeof frame->bytes };
        struct msghdr message = {
            .msg_iov = &data,
            .msg_iovlen = 1,
            .msg_control = control.bytes,
            .msg_controllen = sizeof control.bytes
        };
        ssize_t length = recvmsg(direction->from, &message, 0);

        if (length <= 0) {
            /* Nothing more, or the interface is down: it may come back. */
            return;
        }
        if (carried && (message.msg_flags & MSG_TRUNC) == 0) {
            frame->length = (size_t) length;
            frame->departure = arrival(&message) + direction->delay;
            direction->next++;
        }
    }
}

/** Sends the frames that are due, and returns how long it is until the next one is, in nanoseconds. */
static int64_t send_due(struct direction *direction)
{
    while (!is_empty(direction)) {
        struct frame *frame = frame_at(direction, direction->first);
        int64_t wait = frame->departure - now();

        if (wait > 0) {
            return wait;
        }
        /* A frame that can't be sent is lost: the far interface is down, or its queue is full. */
        (void) send(direction->to, frame->bytes, frame->length, 0);
        direction->first++;
    }
    return LONGEST_WAIT_NANOSECONDS;
}

/** Carries out one command. Returns NULL, or what is wrong with it. */
static const char *obey(char *line, struct direction directions[2])
{
    char *rest = NULL;
    const char *verb = strtok_r(line, " \n", &rest);
    const char *name = strtok_r(NULL, " \n", &rest);
    const char *value = strtok_r(NULL, " \n", &rest);
    struct direction *direction = NULL;
    int i;

    for (i = 0; i < 2; i++) {
        if (name != NULL && strcmp(name, directions[i].name) == 0) {
            direction = &directions[i];
        }
    }
    if (verb == NULL || direction == NULL) {
        return "expected open, shut or delay, and ab or ba";
    }
    if (strcmp(verb, "open") == 0 && value == NULL) {
        direction->open = true;
    } else if (strcmp(verb, "shut") == 0 && value == NULL) {
        direction->open = false;
        /* What is on its way is lost too: this is a cut, not a queue that drains. */
        direction->first = direction->next;
    } else if (strcmp(verb, "delay") == 0 && value != NULL && parse_delay(value) >= 0) {
        direction->delay = parse_delay(value);
    } else {
        return "expected open, shut, or delay with microseconds from 0 to 10000000";
    }
    return NULL;
}

/** Reads the commands that wait on standard input. Returns false at its end. */
static bool read_commands(struct direction directions[2])
{
    static char line[128];
    static size_t length;
    char *end;
    ssize_t count = read(STDIN_FILENO, line + length, sizeof line - 1 - length);

    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        return false;
    }
    length += count > 0 ? (size_t) count : 0;
    line[length] = '\0';
    while ((end = strchr(line, '\n')) != NULL) {
        size_t used = (size_t) (end - line) + 1;
        const char *wrong;

        *end = '\0';
        wrong = obey(line, directions);
        printf(wrong == NULL ? "ok\n" : "error: %s\n", wrong);
        memmove(line, line + used, length - used + 1);
        length -= used;
    }
    if (length == sizeof line - 1) {
        printf("error: the line is too long\n");
        length = 0;
    }
    return true;
}

static void carry(struct direction directions[2])
{
    struct pollfd events[3] = {
        { .fd = directions[0].from, .events = POLLIN },
        { .fd = directions[1].from, .events = POLLIN },
        { .fd = STDIN_FILENO, .events = POLLIN }
    };

    for (;;) {
        int64_t wait = send_due(&directions[0]);
        int64_t other = send_due(&directions[1]);
        struct timespec timeout = { .tv_nsec = (long) (wait < other ? wait : other) };
        int i;

        if (ppoll(events, 3, &timeout, NULL) <= 0) {
            continue;
        }
        for (i = 0; i < 2; i++) {
            if (events[i].revents != 0) {
                receive(&directions[i]);
            }
        }
        if (events[2].revents != 0 && !read_commands(directions)) {
            return;
        }
    }
}

static void end(int signal)
{
    (void) signal;
    _exit(EXIT_SUCCESS);
}

int main(int count, char **arguments)
{
    struct direction directions[2];
    int a;
    int b;

    if (count != 5 || parse_delay(arguments[3]) < 0 || parse_delay(arguments[4]) < 0) {
        fprintf(stderr, "usage: relay INTERFACE_A INTERFACE_B DELAY_AB_MICROSECONDS DELAY_BA_MICROSECONDS\n");
        return 2;
    }
    signal(SIGTERM, end);
    /* The terminal's interrupt is for whoever started the relay, who then ends it. */
    signal(SIGINT, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);

    a = open_interface(arguments[1]);
    b = open_interface(arguments[2]);
    directions[0] = new_direction("ab", a, b, parse_delay(arguments[3]));
    directions[1] = new_direction("ba", b, a, parse_delay(arguments[4]));
    /* A wait is as exact as the timer, and the first frame does not wait for a page. Both are best effort. */
    (void) prctl(PR_SET_TIMERSLACK, 1);
    (void) mlockall(MCL_CURRENT);
    printf("ready\n");
    carry(directions);
    return EXIT_SUCCESS;
}
