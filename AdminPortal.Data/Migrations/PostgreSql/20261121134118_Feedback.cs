using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Feedback : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "hotline",
                table: "authorities",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "feedback_tickets",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    form_key = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    filed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    open_slot = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feedback_tickets", x => x.case_id);
                    table.CheckConstraint("ck_feedback_tickets_open_slot", "open_slot IS NULL OR (open_slot >= 1 AND open_slot <= 5)");
                    table.ForeignKey(
                        name: "FK_feedback_tickets_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_feedback_tickets_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_study_stretches_started_at",
                table: "study_stretches",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_exam_attempts_started_at",
                table: "exam_attempts",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_feedback_tickets_driver_id_filed_at",
                table: "feedback_tickets",
                columns: new[] { "driver_id", "filed_at" });

            migrationBuilder.CreateIndex(
                name: "ux_feedback_tickets_form_key",
                table: "feedback_tickets",
                columns: new[] { "driver_id", "form_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_feedback_tickets_number",
                table: "feedback_tickets",
                column: "ticket_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_feedback_tickets_open_slot",
                table: "feedback_tickets",
                columns: new[] { "driver_id", "open_slot" },
                unique: true,
                filter: "open_slot IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "feedback_tickets");

            migrationBuilder.DropIndex(
                name: "IX_study_stretches_started_at",
                table: "study_stretches");

            migrationBuilder.DropIndex(
                name: "IX_exam_attempts_started_at",
                table: "exam_attempts");

            migrationBuilder.DropColumn(
                name: "hotline",
                table: "authorities");
        }
    }
}
