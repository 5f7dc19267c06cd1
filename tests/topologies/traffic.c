/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * traffic - one end of a steady conversation in numbered packets.
 *
 *     traffic LOCAL_ADDRESS PEER_ADDRESS PORT PERIOD_MICROSECONDS
 *
 * Sends a numbered UDP packet (IPv4) to the peer once a period, and writes a line to standard output for each packet
 * that arrives from there:
 *
 *     NUMBER SENT ARRIVED
 *
 * with the packet's number, from 0, and the nanoseconds of CLOCK_REALTIME at which the peer sent it and at which the
 * kernel received it here. Both ends must share that clock: they are meant to be hosts of one emulated network.
 *
 * What is late because this process was not run is sent at once when it is, with the time at which it is really sent:
 * packets are never left out. Lines may come in blocks; all of them are written before the process ends.
 *
 * Exit status: 0 after SIGTERM or SIGINT, 1 if the socket can't be used, 2 for wrong arguments.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    RECEIVE_BUFFER_BYTES = 4 << 20,
    LINES_BUFFER_BYTES = 1 << 16,
    PACKET_BYTES = 16,
    NANOSECONDS_IN_A_MICROSECOND = 1000
};

static const int64_t NANOSECONDS_IN_A_SECOND = 1000000000;
static const long LONGEST_PERIOD_MICROSECONDS = 60 * 1000 * 1000;

static volatile sig_atomic_t ended;

static void end(int signal)
{
    (void) signal;
    ended = 1;
}

static int64_t now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return time.tv_sec * NANOSECONDS_IN_A_SECOND + time.tv_nsec;
}

/** Parses a whole number from `least` to `most`. Returns -1 if the text is no such number. */
static long parse(const char *text, long least, long most)
{
    char *rest;
    long number;

    errno = 0;
    number = strtol(text, &rest, 10);
    return errno != 0 || rest == text || *rest != '\0' || number < least || number > most ? -1 : number;
}

static struct sockaddr_in socket_address(const char *text, long port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t) port) };

    if (inet_pton(AF_INET, text, &address.sin_addr) != 1) {
        fprintf(stderr, "traffic: %s is no IPv4 address\n", text);
        exit(2);
    }
    return address;
}

static int open_socket(const struct sockaddr_in *local, const struct sockaddr_in *peer)
{
    const int on = 1;
    const int buffer = RECEIVE_BUFFER_BYTES;
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (descriptor < 0
        || setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0
        || bind(descriptor, (const struct sockaddr *) local, sizeof *local) != 0
        || connect(descriptor, (const struct sockaddr *) peer, sizeof *peer) != 0) {
        fprintf(stderr, "traffic: %s\n", strerror(errno));
        exit(EXIT_FAILURE);
    }
    /* Without the privilege for the large buffer the ordinary one does too. */
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) != 0) {
        (void) setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    }
    return descriptor;
}

/** Sends one packet: number and time, each in 64 bits of this machine. One that can't be sent is lost. */
static void send_packet(int descriptor, uint64_t number)
{
    uint64_t content[2] = { number, (uint64_t) now(CLOCK_REALTIME) };

    (void) send(descriptor, content, PACKET_BYTES, 0);
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
    return now(CLOCK_REALTIME);
}

/** Writes a line for each packet that waits. */
static void receive(int descriptor)
{
    for (;;) {
        uint64_t content[2];
        union {
            char bytes[CMSG_SPACE(sizeof(struct timespec))];
            struct cmsghdr alignment;
        } control;
        struct iovec data = { .iov_base = content, .iov_len = sizeof content };
        struct msghdr message = {
            .msg_iov = &data,
            .msg_iovlen = 1,
            .msg_control = control.bytes,
            .msg_controllen = sizeof control.bytes
        };
        ssize_t length = recvmsg(descriptor, &message, 0);

        if (length < 0 && errno != ECONNREFUSED) {
            return;
        }
        if (length == PACKET_BYTES) {
            printf("%" PRIu64 " %" PRIu64 " %" PRId64 "\n", content[0], content[1], arrival(&message));
        }
    }
}

static void converse(int descriptor, int64_t period)
{
    struct pollfd event = { .fd = descriptor, .events = POLLIN };
    int64_t next = now(CLOCK_MONOTONIC);
    uint64_t number = 0;

    while (!ended) {
        int64_t wait = next - now(CLOCK_MONOTONIC);

        if (wait <= 0) {
            send_packet(descriptor, number++);
            next += period;
        } else {
            struct timespec timeout = {
                .tv_sec = wait / NANOSECONDS_IN_A_SECOND,
                .tv_nsec = (long) (wait % NANOSECONDS_IN_A_SECOND)
            };

            if (ppoll(&event, 1, &timeout, NULL) > 0) {
                receive(descriptor);
            }
        }
    }
}

int main(int count, char **arguments)
{
    struct sigaction action = { .sa_handler = end };
    struct sockaddr_in local;
    struct sockaddr_in peer;
    long port;
    long period;

    if (count != 5 || (port = parse(arguments[3], 1, UINT16_MAX)) < 0
        || (period = parse(arguments[4], 1, LONGEST_PERIOD_MICROSECONDS)) < 0) {
        fprintf(stderr, "usage: traffic LOCAL_ADDRESS PEER_ADDRESS PORT PERIOD_MICROSECONDS\n");
        return 2;
    }
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    setvbuf(stdout, NULL, _IOFBF, LINES_BUFFER_BYTES);
    local = socket_address(arguments[1], port);
    peer = socket_address(arguments[2], port);
    /* A wait is as exact as the timer, and the first packet does not wait for a page. Both are best effort. */
    (void) prctl(PR_SET_TIMERSLACK, 1);
    (void) mlockall(MCL_CURRENT);
    converse(open_socket(&local, &peer), period * NANOSECONDS_IN_A_MICROSECOND);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
